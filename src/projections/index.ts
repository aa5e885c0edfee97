import { conversations } from './conversations/conversations.projection.js';
import { people } from './people/people.projection.js';
import type { Projection } from './runtime/projection.js';
import { tabs } from './tabs/tabs.projection.js';
import { transcript } from './transcript/transcript.projection.js';

/** The one list of projections; each stands under its own name. */
const BY_NAME = { conversations, people, tabs, transcript };

export type ProjectionName = keyof typeof BY_NAME;

export const PROJECTIONS = Object.values(BY_NAME) as unknown as readonly Projection[];
