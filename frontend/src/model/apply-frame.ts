import {
  viewKey,
  type DeltaFrame,
  type PersonView,
  type ServerFrame,
  type SnapshotFrame,
  type ViewChange,
} from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import { changed, documentsOf, withChange } from './documents.js';
import { EMPTY_TRANSCRIPT, withMessage, type PlacedMessage, type Transcript } from './transcript.js';

/** What a frame of the server makes of the state. A frame that comes twice, or late, changes nothing. */
export const applyFrame = (state: ClientState, frame: ServerFrame): ClientState => {
  switch (frame.t) {
    case 'snapshot':
      return applySnapshot(state, frame);
    case 'delta':
      return applyDelta(state, frame);
    // Everything up to `at` came before this frame on the same connection.
    case 'resumed':
    case 'ping':
      return { ...state, position: Math.max(state.position ?? 0, frame.at) };
    case 'welcome':
    case 'fell-behind':
    case 'outcome':
    case 'answer':
    case 'error':
      return state;
  }
};

/** Messages are not in it: what is known of them stays, and shows by `lastSequence` what has to be fetched. */
const applySnapshot = (state: ClientState, frame: SnapshotFrame): ClientState => {
  const conversations = documentsOf(frame.conversations, viewKey.conversation);
  const transcripts = new Map([...state.transcripts].filter(([id]) => conversations.has(id)));
  for (const [id, { doc }] of conversations)
    if (doc?.lastSequence === 0 && !transcripts.has(id)) transcripts.set(id, EMPTY_TRANSCRIPT);
  return {
    ...state,
    position: frame.at,
    self: frame.self,
    people: withPeople(state.people, [frame.self, ...frame.people]),
    conversations,
    tabs: documentsOf(frame.tabs, viewKey.tab),
    transcripts,
  };
};

const applyDelta = (state: ClientState, { at, changes, people = [] }: DeltaFrame): ClientState => {
  let next: ClientState = {
    ...state,
    position: Math.max(state.position ?? 0, at),
    people: withPeople(state.people, people),
  };
  for (const change of changes) next = applyChange(next, change, at);
  return next;
};

const applyChange = (state: ClientState, change: ViewChange, at: number): ClientState => {
  switch (change.view) {
    case 'conversation': {
      const conversations = withChange(state.conversations, change, at);
      const isNew = change.op === 'put' && change.doc.lastSequence === 0 && !state.transcripts.has(change.key);
      const transcripts = isNew ? new Map(state.transcripts).set(change.key, EMPTY_TRANSCRIPT) : state.transcripts;
      return { ...state, conversations, transcripts };
    }
    case 'tab':
      return { ...state, tabs: withChange(state.tabs, change, at) };
    case 'message':
      return change.op === 'put' ? withMessages(state, [{ at, doc: change.doc }]) : amend(state, change, at);
  }
};

/** Messages as they came, by whatever way; one's own stop being pending. */
export const withMessages = (state: ClientState, messages: readonly PlacedMessage[]): ClientState => {
  const transcripts = new Map(state.transcripts);
  for (const message of messages) {
    const id = message.doc.conversationId;
    transcripts.set(id, withMessage(transcripts.get(id), message));
  }
  return { ...state, transcripts, pending: unanswered(state, messages) };
};

export const unanswered = ({ pending }: ClientState, messages: readonly PlacedMessage[]): ClientState['pending'] => {
  if (pending.length === 0) return pending;
  const arrived = new Set(messages.map(({ doc }) => doc.messageId));
  return pending.filter(({ messageId }) => !arrived.has(messageId));
};

type MessageChange = Extract<ViewChange, { view: 'message' }>;

/** A message that is changed or taken away later; of one that is not here there is nothing to change. */
const amend = (state: ClientState, change: MessageChange, at: number): ClientState => {
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

export const withPeople = (people: ClientState['people'], more: readonly PersonView[]): ClientState['people'] => {
  if (more.length === 0) return people;
  const next = new Map(people);
  for (const person of more) next.set(person.id, person);
  return next;
};
