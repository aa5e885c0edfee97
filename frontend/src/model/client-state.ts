import {
  DEFAULT_PREFERENCES,
  type ConversationView,
  type FavoriteRequestView,
  type FavoriteView,
  type InvitationView,
  type InvitedView,
  type MarkView,
  type OwnPresenceView,
  type PersonView,
  type PreferencesView,
  type PresenceView,
  type TabView,
  type WatcherView,
} from '../../../src/application/protocol/index.js';
import type { Documents } from './documents.js';
import type { PlacedNotice } from './notices.js';
import type { PendingMessage } from './pending-message.js';
import type { ReactionsBySequence } from './reactions.js';
import type { Transcript } from './transcript.js';

/** Somebody who is writing, unless nothing more was heard of it by `until`. */
export interface Writer {
  readonly conversationId: string;
  readonly userId: string;
  readonly until: number;
}

/** Everything the server told and one has not yet been answered, as one immutable value. */
export interface ClientState {
  /** Up to here everything is applied: what a new connection resumes from. `null`: nothing came yet. */
  readonly position: number | null;
  readonly self: PersonView | null;
  readonly people: ReadonlyMap<string, PersonView>;
  readonly conversations: Documents<ConversationView>;
  readonly tabs: Documents<TabView>;
  /** Who takes part in each conversation or did so while one looked, in the order of their coming: it decides their colours. */
  readonly rolls: ReadonlyMap<string, readonly string[]>;
  /** What one may accept or decline, by conversation. */
  readonly invitations: Documents<InvitationView>;
  /** Whom one invited and who has not joined. */
  readonly invited: Documents<InvitedView>;
  readonly marks: Documents<MarkView>;
  readonly preferences: Documents<PreferencesView>;
  /** Whom one marked with the star, by person. */
  readonly favorites: Documents<FavoriteView>;
  /** Who asks to see one's presence. */
  readonly requests: Documents<FavoriteRequestView>;
  /** Who may see one's presence. */
  readonly watchers: Documents<WatcherView>;
  readonly presences: Documents<PresenceView>;
  readonly ownPresence: Documents<OwnPresenceView>;
  /** By conversation; of those that something is known of. */
  readonly transcripts: ReadonlyMap<string, Transcript>;
  /** By conversation, in their order. */
  readonly notices: ReadonlyMap<string, readonly PlacedNotice[]>;
  /** By conversation, then by message. */
  readonly reactions: ReadonlyMap<string, ReactionsBySequence>;
  /** Who is writing at the moment. */
  readonly writers: readonly Writer[];
  /** Groups that one is about to leave, with the moment until which one can still think better of it. */
  readonly leaving: ReadonlyMap<string, number>;
  /** In the order of writing. */
  readonly pending: readonly PendingMessage[];
}

export const NOTHING: ClientState = {
  position: null,
  self: null,
  people: new Map(),
  conversations: new Map(),
  tabs: new Map(),
  rolls: new Map(),
  invitations: new Map(),
  invited: new Map(),
  marks: new Map(),
  preferences: new Map(),
  favorites: new Map(),
  requests: new Map(),
  watchers: new Map(),
  presences: new Map(),
  ownPresence: new Map(),
  transcripts: new Map(),
  notices: new Map(),
  reactions: new Map(),
  writers: [],
  leaving: new Map(),
  pending: [],
};

export const preferencesOf = ({ preferences }: ClientState): PreferencesView =>
  preferences.get('own')?.doc ?? DEFAULT_PREFERENCES;

const withoutOf = <Doc>(documents: ReadonlyMap<string, Doc>, id: string): ReadonlyMap<string, Doc> =>
  new Map([...documents].filter(([key]) => !key.startsWith(`${id}/`)));

/** Everything that came of one conversation goes, as if it had never come; for whoever is no longer there. */
export const forgetConversation = (state: ClientState, id: string): ClientState => ({
  ...state,
  rolls: without(state.rolls, id),
  transcripts: without(state.transcripts, id),
  notices: without(state.notices, id),
  reactions: without(state.reactions, id),
  invited: withoutOf(state.invited, id),
  marks: withoutOf(state.marks, id),
  writers: state.writers.filter(({ conversationId }) => conversationId !== id),
  leaving: without(state.leaving, id),
  // What was written there cannot be sent any more.
  pending: state.pending.filter(({ conversationId }) => conversationId !== id),
});

export const withLeaving = (state: ClientState, id: string, until: number): ClientState => ({
  ...state,
  leaving: new Map(state.leaving).set(id, until),
});

export const withoutLeaving = (state: ClientState, id: string): ClientState => ({
  ...state,
  leaving: without(state.leaving, id),
});

const without = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> => {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
};
