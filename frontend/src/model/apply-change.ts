import type { ViewChange } from '../../../src/application/protocol/index.js';
import { forgetConversation, type ClientState } from './client-state.js';
import { withRoll } from './colours.js';
import { changed, withChange } from './documents.js';
import { withoutFar } from './near.js';
import { amendedNotices, withNotices } from './notices.js';
import { withReactionChange } from './reactions.js';
import { EMPTY_TRANSCRIPT, withMessage, type PlacedMessage, type Transcript } from './transcript.js';
import { withoutWriter } from './writers.js';

type ChangeOf<V extends ViewChange['view']> = Extract<ViewChange, { view: V }>;

/** What one change of a delta makes of the state. */
export const applyChange = (state: ClientState, change: ViewChange, at: number): ClientState => {
  switch (change.view) {
    case 'conversation':
      return withHead(state, change, at);
    case 'message':
      return change.op === 'put' ? said(state, { at, doc: change.doc }) : amend(state, change, at);
    case 'notice':
      return noted(state, change, at);
    case 'reaction':
      return reacted(state, change, at);
    case 'tab':
      return { ...state, tabs: withChange(state.tabs, change, at) };
    case 'invitation':
      return { ...state, invitations: withChange(state.invitations, change, at) };
    case 'invited':
      return { ...state, invited: withChange(state.invited, change, at) };
    case 'mark':
      return { ...state, marks: withChange(state.marks, change, at) };
    case 'preferences':
      return { ...state, preferences: withChange(state.preferences, change, at) };
    case 'favorite':
      return { ...state, favorites: withChange(state.favorites, change, at) };
    case 'request':
      return { ...state, requests: withChange(state.requests, change, at) };
    case 'watcher':
      return { ...state, watchers: withChange(state.watchers, change, at) };
    case 'presence':
      return { ...state, presences: withChange(state.presences, change, at) };
    case 'ownPresence':
      return { ...state, ownPresence: withChange(state.ownPresence, change, at) };
  }
};

const withHead = (state: ClientState, change: ChangeOf<'conversation'>, at: number): ClientState => {
  const conversations = withChange(state.conversations, change, at);
  if (conversations === state.conversations) return state;
  if (change.op === 'remove') return forgetConversation({ ...state, conversations }, change.key);
  const isKnown = change.op !== 'put' || !startsEmpty(change.doc) || state.transcripts.has(change.key);
  const transcripts = isKnown ? state.transcripts : new Map(state.transcripts).set(change.key, EMPTY_TRANSCRIPT);
  const head = conversations.get(change.key)?.doc;
  return { ...state, conversations, transcripts, rolls: head ? withRoll(state.rolls, head) : state.rolls };
};

/** A private chat in which nothing was said is known completely; in a group there are notices. */
export const startsEmpty = ({ kind, lastSequence }: { kind: string; lastSequence: number }): boolean =>
  kind === 'direct' && lastSequence === 0;

/** A message that comes in live: its author no longer writes it. */
const said = (state: ClientState, message: PlacedMessage): ClientState =>
  withoutWriter(withMessages(state, [message]), message.doc.conversationId, message.doc.author);

/** Messages as they came, by whatever way; one's own stop being pending. */
export const withMessages = (state: ClientState, messages: readonly PlacedMessage[]): ClientState =>
  messages.reduce(withOne, { ...state, pending: unanswered(state, messages) });

const withOne = (state: ClientState, message: PlacedMessage): ClientState => {
  const id = message.doc.conversationId;
  const before = state.transcripts.get(id);
  const transcripts = new Map(state.transcripts).set(id, withMessage(before, message));
  return withoutFar({ ...state, transcripts }, id, before);
};

export const unanswered = ({ pending }: ClientState, messages: readonly PlacedMessage[]): ClientState['pending'] => {
  if (pending.length === 0) return pending;
  const arrived = new Set(messages.map(({ doc }) => doc.messageId));
  return pending.filter(({ messageId }) => !arrived.has(messageId));
};

/** A message that is changed or taken away later; of one that is not here there is nothing to change. */
const amend = (state: ClientState, change: ChangeOf<'message'>, at: number): ClientState => {
  const slash = change.key.lastIndexOf('/');
  const id = change.key.slice(0, slash);
  const sequence = Number(change.key.slice(slash + 1));
  const transcript = state.transcripts.get(id);
  if (!transcript) return state;
  const amended = (messages: Transcript['messages']) =>
    messages.flatMap((message) => {
      if (message.doc.sequence !== sequence || message.at > at) return [message];
      const doc = changed(message.doc, change);
      return doc ? [{ at, doc }] : [];
    });
  const { messages, loose } = transcript;
  const next = { ...transcript, messages: amended(messages), loose: amended(loose) };
  return { ...state, transcripts: new Map(state.transcripts).set(id, next) };
};

const noted = (state: ClientState, change: ChangeOf<'notice'>, at: number): ClientState => {
  const id = change.key.slice(0, change.key.indexOf('/'));
  const present = state.notices.get(id) ?? [];
  const next =
    change.op === 'put' ? withNotices(present, [{ at, doc: change.doc }]) : amendedNotices(present, change, at);
  const noticed = { ...state, notices: new Map(state.notices).set(id, next) };
  return change.op === 'put' && change.doc.what === 'left' ? withoutWriter(noticed, id, change.doc.by) : noticed;
};

const reacted = (state: ClientState, change: ChangeOf<'reaction'>, at: number): ClientState => {
  const id = change.key.slice(0, change.key.indexOf('/'));
  const next = withReactionChange(state.reactions.get(id), change, at);
  return { ...state, reactions: new Map(state.reactions).set(id, next) };
};
