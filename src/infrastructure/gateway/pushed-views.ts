import type { ViewName, Views } from '../../application/protocol/index.js';
import type { Place } from '../../domain/conversation/index.js';
import type { ConversationDocument } from '../../projections/conversations/conversations.model.js';
import type { FavoriteDocument } from '../../projections/favorites/favorites.model.js';
import type { ProjectionName } from '../../projections/index.js';
import type { InvitationDocument } from '../../projections/invitations/invitations.model.js';
import type { InvitedDocument } from '../../projections/invited/invited.model.js';
import type { PresenceDocument } from '../../projections/presences/presences.model.js';
import type { PreferencesDocument } from '../../projections/preferences/preferences.model.js';
import { reactionIn, type ReactionDocument } from '../../projections/reactions/reactions.model.js';
import type { FavoriteRequestDocument } from '../../projections/requests/requests.model.js';
import type { Change } from '../../projections/runtime/change.js';
import type { TabDocument } from '../../projections/tabs/tabs.model.js';
import { placeIn, type MessageDocument, type NoticeDocument } from '../../projections/transcript/transcript.model.js';
import type { WatcherDocument } from '../../projections/watchers/watchers.model.js';

/**
 * Who gets a change: the participants (those who may see the place, if there is one, and of them one alone, if it is for one alone), or one person
 * (`taking`: only while they take part).
 */
export type Audience =
  | { readonly kind: 'participants'; readonly place: Place | null; readonly onlyFor: string | null }
  | { readonly kind: 'person'; readonly userId: string; readonly taking: boolean };

export interface Route {
  readonly view: ViewName;
  /** The document's name on the wire. */
  readonly key: string;
  readonly audience: Audience;
}

type Router = (change: Change<object>) => Route;

/** `person/rest` is for that person, under the rest as its name. */
const toPerson =
  (view: ViewName, { taking }: { readonly taking: boolean }): Router =>
  ({ key }) => {
    const slash = key.indexOf('/');
    return { view, key: key.slice(slash + 1), audience: { kind: 'person', userId: key.slice(0, slash), taking } };
  };

const seenBy = (place: Place, onlyFor: string | null = null): Audience => ({ kind: 'participants', place, onlyFor });

/** What becomes of each projection's changes on the wire: a new projection does not compile until this says so. */
export const PUSHED_VIEWS: Readonly<Record<ProjectionName, Router | 'not-pushed'>> = {
  people: 'not-pushed',
  words: 'not-pushed',
  conversations: ({ key }) => ({
    view: 'conversation',
    key,
    audience: { kind: 'participants', place: null, onlyFor: null },
  }),
  transcript: (change) => {
    const { conversationId, ...place } = placeIn(change.key);
    const name = `${conversationId}/${place.sequence}`;
    if (place.notice === 0) return { view: 'message', key: name, audience: seenBy(place) };
    const onlyFor = change.op === 'put' ? (change.doc as NoticeDocument).onlyFor : null;
    return { view: 'notice', key: `${name}.${place.notice}`, audience: seenBy(place, onlyFor) };
  },
  reactions: ({ key }) => {
    const { conversationId, sequence, user, reaction } = reactionIn(key);
    return {
      view: 'reaction',
      key: `${conversationId}/${sequence}/${user}/${reaction}`,
      audience: seenBy({ sequence, notice: 0 }),
    };
  },
  tabs: toPerson('tab', { taking: false }),
  invitations: toPerson('invitation', { taking: false }),
  // Who left is told nothing more, not even what becomes of their own invitations.
  invited: toPerson('invited', { taking: true }),
  // Who may know is asked anew for every change: see `PresenceParts`.
  presences: 'not-pushed',
  'own-presence': 'not-pushed',
  favorites: toPerson('favorite', { taking: false }),
  requests: toPerson('request', { taking: false }),
  watchers: toPerson('watcher', { taking: false }),
  preferences: ({ key }) => ({
    view: 'preferences',
    key: 'own',
    audience: { kind: 'person', userId: key, taking: false },
  }),
};

/* The documents of pushed projections are the views of the protocol: this does not compile when they part. */
type Same<A, B> = [A, B] extends [B, A] ? true : never;
export const documentsAreViews: [
  Same<ConversationDocument, Views['conversation']>,
  Same<TabDocument, Views['tab']>,
  Same<MessageDocument, Views['message']>,
  Same<NoticeDocument, Views['notice']>,
  Same<ReactionDocument, Views['reaction']>,
  Same<InvitationDocument, Views['invitation']>,
  Same<InvitedDocument, Views['invited']>,
  Same<PreferencesDocument, Views['preferences']>,
  Same<PresenceDocument, Views['presence']>,
  Same<FavoriteDocument, Views['favorite']>,
  Same<FavoriteRequestDocument, Views['request']>,
  Same<WatcherDocument, Views['watcher']>,
] = [true, true, true, true, true, true, true, true, true, true, true, true];
