import type { PersonView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import { shownTabs, type ConversationSummary } from './tabs.js';

export interface RosterRow {
  readonly person: PersonView;
  /** The private conversation with that person. */
  readonly conversationId: string;
  readonly unread: number;
}

/** The people one talks with who are not favorites, A to Z (S13 to S15). What they do is not shown, because the server does not tell. */
export const notInList = (state: ClientState, compare: (a: string, b: string) => number): RosterRow[] =>
  shownTabs(state)
    .filter(({ conversation }) => conversation.kind === 'direct')
    .flatMap(({ id, others, unread }) => others.map((person) => ({ person, conversationId: id, unread })))
    .sort((a, b) => compare(a.person.name ?? '', b.person.name ?? '') || (a.person.id < b.person.id ? -1 : 1));

/** The groups one is in, in the order of their tabs. */
export const groupRows = (state: ClientState): ConversationSummary[] =>
  shownTabs(state).filter(({ conversation }) => conversation.kind === 'group');

/** The private conversation with somebody, if there is one. */
export const directWith = (state: ClientState, userId: string): string | null => {
  for (const { doc } of state.conversations.values())
    if (doc?.kind === 'direct' && doc.participants.includes(userId)) return doc.id;
  return null;
};
