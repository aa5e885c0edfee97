import type { FavoriteView, PersonView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import { isFavorite } from './favorites.js';
import { presenceOf, type ShownPresence } from './presence.js';
import { nameless, shownTabs, type ConversationSummary } from './tabs.js';

export interface RosterRow {
  readonly person: PersonView;
  /** The private conversation with that person; `null`: there is none on the screen. */
  readonly conversationId: string | null;
  readonly unread: number;
  /** `null`: they are not in the list. */
  readonly favorite: FavoriteView['state'] | null;
  readonly presence: ShownPresence;
}

type Compare = (a: string, b: string) => number;

/** Whom one marked with the star, A to Z (S75, S77, S105); with a conversation or without. */
export const favoriteRows = (state: ClientState, compare: Compare): RosterRow[] => {
  const chats = new Map(directChats(state).map((chat) => [chat.person.id, chat]));
  const rows = [...state.favorites.values()].flatMap(({ doc }): RosterRow[] => {
    if (!doc) return [];
    const person = state.people.get(doc.user) ?? nameless(doc.user);
    const { conversationId = null, unread = 0 } = chats.get(doc.user) ?? {};
    return [{ person, conversationId, unread, favorite: doc.state, presence: presenceOf(state, doc.user) }];
  });
  return sorted(rows, compare);
};

/** The people one talks with who are not favorites, A to Z (S13 to S15). What they do is not shown, because the server does not tell. */
export const notInList = (state: ClientState, compare: Compare): RosterRow[] => {
  const rows = directChats(state)
    .filter(({ person }) => !isFavorite(state, person.id))
    .map((chat) => ({ ...chat, favorite: null, presence: presenceOf(state, chat.person.id) }));
  return sorted(rows, compare);
};

const directChats = (state: ClientState) =>
  shownTabs(state)
    .filter(({ conversation }) => conversation.kind === 'direct')
    .flatMap(({ id, others, unread }) => others.map((person) => ({ person, conversationId: id, unread })));

const sorted = (rows: readonly RosterRow[], compare: Compare): RosterRow[] =>
  [...rows].sort((a, b) => compare(labelOf(a.person), labelOf(b.person)) || (a.person.id < b.person.id ? -1 : 1));

/** S107: somebody without a name is shown with their address. */
const labelOf = ({ name, email }: PersonView): string => name ?? email ?? '';

/** The groups one is in, in the order of their tabs. */
export const groupRows = (state: ClientState): ConversationSummary[] =>
  shownTabs(state).filter(({ conversation }) => conversation.kind === 'group');

/** The private conversation with somebody, if there is one. */
export const directWith = (state: ClientState, userId: string): string | null => {
  for (const { doc } of state.conversations.values())
    if (doc?.kind === 'direct' && doc.participants.includes(userId)) return doc.id;
  return null;
};
