import { conversations } from './conversations/conversations.projection.js';
import { people } from './people/people.projection.js';
import type { Projection } from './runtime/projection.js';
import { tabs } from './tabs/tabs.projection.js';
import { transcript } from './transcript/transcript.projection.js';

/** The one list of projections. */
export const PROJECTIONS = [conversations, people, tabs, transcript] as unknown as readonly Projection[];

export type ProjectionName = 'conversations' | 'people' | 'tabs' | 'transcript';
