import type { ConversationView, PersonView, TabView } from '../../../src/application/protocol/index.js';
import type { Documents } from './documents.js';
import type { PendingMessage } from './pending-message.js';
import type { Transcript } from './transcript.js';

/** Everything the server told and one has not yet been answered, as one immutable value. */
export interface ClientState {
  /** Up to here everything is applied: what a new connection resumes from. `null`: nothing came yet. */
  readonly position: number | null;
  readonly self: PersonView | null;
  readonly people: ReadonlyMap<string, PersonView>;
  readonly conversations: Documents<ConversationView>;
  readonly tabs: Documents<TabView>;
  /** By conversation; of those that something is known of. */
  readonly transcripts: ReadonlyMap<string, Transcript>;
  /** In the order of writing. */
  readonly pending: readonly PendingMessage[];
}

export const NOTHING: ClientState = {
  position: null,
  self: null,
  people: new Map(),
  conversations: new Map(),
  tabs: new Map(),
  transcripts: new Map(),
  pending: [],
};
