import { conversations } from './conversations/conversations.projection.js';
import { favorites } from './favorites/favorites.projection.js';
import { invitations } from './invitations/invitations.projection.js';
import { invited } from './invited/invited.projection.js';
import { ownPresence } from './own-presence/own-presence.projection.js';
import { people } from './people/people.projection.js';
import { preferences } from './preferences/preferences.projection.js';
import { presences } from './presences/presences.projection.js';
import { reactions } from './reactions/reactions.projection.js';
import { requests } from './requests/requests.projection.js';
import type { Projection } from './runtime/projection.js';
import { tabs } from './tabs/tabs.projection.js';
import { transcript } from './transcript/transcript.projection.js';
import { watchers } from './watchers/watchers.projection.js';
import { words } from './words/words.projection.js';

/** The one list of projections; each stands under its own name. */
const BY_NAME = {
  conversations,
  favorites,
  invitations,
  invited,
  'own-presence': ownPresence,
  people,
  preferences,
  presences,
  reactions,
  requests,
  tabs,
  transcript,
  watchers,
  words,
};

export type ProjectionName = keyof typeof BY_NAME;

export const PROJECTIONS = Object.values(BY_NAME) as unknown as readonly Projection[];
