import {
  viewKey,
  type DeltaFrame,
  type PersonView,
  type ServerFrame,
  type SnapshotFrame,
} from '../../../src/application/protocol/index.js';
import { applyChange, startsEmpty } from './apply-change.js';
import { forgetConversation, type ClientState } from './client-state.js';
import { withRoll } from './colours.js';
import { documentsOf } from './documents.js';
import { EMPTY_TRANSCRIPT } from './transcript.js';
import { withWriter } from './writers.js';

/** What a frame of the server makes of the state. A frame that comes twice, or late, changes nothing. */
export const applyFrame = (state: ClientState, frame: ServerFrame, now = 0): ClientState => {
  switch (frame.t) {
    case 'snapshot':
      return applySnapshot(state, frame);
    case 'delta':
      return applyDelta(state, frame);
    // Everything up to `at` came before this frame on the same connection.
    case 'resumed':
    case 'ping':
      return { ...state, position: Math.max(state.position ?? 0, frame.at) };
    case 'writer':
      return withWriter(state, frame, now);
    case 'welcome':
    case 'fell-behind':
    case 'outcome':
    case 'answer':
    case 'error':
      return state;
  }
};

/**
 * Messages are not in it: what is known of them stays, and what became of them meanwhile has to be fetched. Reactions and marks can have been
 * taken back unseen, so they are fetched anew.
 */
const applySnapshot = (state: ClientState, frame: SnapshotFrame): ClientState => {
  const conversations = documentsOf(frame.conversations, viewKey.conversation);
  const kept = heldConversations(state)
    .filter((id) => !conversations.has(id))
    .reduce(forgetConversation, state);
  const transcripts = new Map(kept.transcripts);
  for (const [id, { doc }] of conversations)
    if (doc && startsEmpty(doc) && !transcripts.has(id)) transcripts.set(id, EMPTY_TRANSCRIPT);
  return {
    ...kept,
    position: frame.at,
    self: frame.self,
    people: withPeople(state.people, [frame.self, ...frame.people]),
    conversations,
    tabs: documentsOf(frame.tabs, viewKey.tab),
    invitations: documentsOf(frame.invitations, viewKey.invitation),
    invited: documentsOf(frame.invited, viewKey.invited),
    preferences: documentsOf([frame.preferences], viewKey.preferences),
    favorites: documentsOf(frame.favorites, viewKey.favorite),
    requests: documentsOf(frame.requests, viewKey.request),
    watchers: documentsOf(frame.watchers, viewKey.watcher),
    presences: documentsOf(frame.presences, viewKey.presence),
    ownPresence: documentsOf([frame.ownPresence], viewKey.ownPresence),
    transcripts,
    rolls: frame.conversations.reduce((rolls, { doc }) => withRoll(rolls, doc), kept.rolls),
    reactions: new Map(),
    marks: new Map(),
  };
};

const heldConversations = ({ transcripts, notices, leaving }: ClientState): string[] => [
  ...new Set([...transcripts.keys(), ...notices.keys(), ...leaving.keys()]),
];

const applyDelta = (state: ClientState, { at, changes, people = [] }: DeltaFrame): ClientState => {
  let next: ClientState = {
    ...state,
    position: Math.max(state.position ?? 0, at),
    people: withPeople(state.people, people),
  };
  for (const change of changes) next = applyChange(next, change, at);
  return next;
};

export const withPeople = (people: ClientState['people'], more: readonly PersonView[]): ClientState['people'] => {
  if (more.length === 0) return people;
  const next = new Map(people);
  for (const person of more) next.set(person.id, person);
  return next;
};
