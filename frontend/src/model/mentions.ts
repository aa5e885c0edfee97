import type { ClientState } from './client-state.js';

/** Somebody whom one may address. */
export interface Addressee {
  readonly id: string;
  readonly name: string;
}

/** What is being typed after an `@`: from `start` (of the `@`) to the caret. */
export interface OpenMention {
  readonly start: number;
  readonly typed: string;
}

const MOST_OFFERED = 8;
const MOST_TYPED = 40;
const isWordEnd = (letter: string | undefined): boolean => letter === undefined || !/[\p{L}\p{N}_]/u.test(letter);

/** An `@` counts at the start of a word only: an e-mail address is none. */
export const openMentionOf = (text: string, caret: number): OpenMention | null => {
  const start = text.lastIndexOf('@', caret - 1);
  if (start < 0 || !isWordEnd(text[start - 1])) return null;
  const typed = text.slice(start + 1, caret);
  if (typed.length > MOST_TYPED || /^\s|[\r\n]|\s\s/.test(typed)) return null;
  return { start, typed };
};

/** Letters that are the same with and without accents, in small and capital letters: as the server compares them in a search. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

/** Those whose name, or a later word of it, begins with what is typed; a whole name that is followed by more is done with. */
export const offeredFor = (typed: string, people: readonly Addressee[]): Addressee[] => {
  const wanted = folded(typed);
  const startsAt = (name: string): number => {
    const own = folded(name);
    return own.startsWith(wanted) ? 0 : own.split(/[\s.-]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .map((person) => ({ person, rank: startsAt(person.name) }))
    .filter(({ rank }) => rank < 2)
    .sort((a, b) => a.rank - b.rank || a.person.name.localeCompare(b.person.name))
    .slice(0, MOST_OFFERED)
    .map(({ person }) => person);
};

/** The text with the name in the place of what was typed, and where the caret is then. */
export const withMention = (
  text: string,
  { start, typed }: OpenMention,
  name: string,
): { readonly text: string; readonly caret: number } => {
  const before = `${text.slice(0, start)}@${name} `;
  const after = text.slice(start + 1 + typed.length).replace(/^ /, '');
  return { text: before + after, caret: before.length };
};

export interface MentionPlace {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** Where names stand as `@Name`, ascending. Of two names that fit, the longer one is meant. */
export const mentionPlaces = (text: string, people: readonly Addressee[]): MentionPlace[] => {
  const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
  const places: MentionPlace[] = [];
  for (let start = text.indexOf('@'); start >= 0; start = text.indexOf('@', start + 1)) {
    if (!isWordEnd(text[start - 1])) continue;
    const found = longestFirst.find(
      ({ name }) => text.startsWith(name, start + 1) && isWordEnd(text[start + 1 + name.length]),
    );
    if (found) places.push({ id: found.id, start, end: start + 1 + found.name.length });
  }
  return places;
};

/** Those who are addressed; namesakes are told apart by who was chosen. */
export const mentionedIn = (text: string, people: readonly Addressee[]): string[] => [
  ...new Set(mentionPlaces(text, people).map(({ id }) => id)),
];

/** Whom one can mention: the others in a group. */
export const addresseesOf = ({ conversations, people, self }: ClientState, conversationId: string): Addressee[] => {
  const head = conversations.get(conversationId)?.doc;
  if (head?.kind !== 'group') return [];
  return head.participants.flatMap((id) => {
    const name = people.get(id)?.name;
    return id === self?.id || !name ? [] : [{ id, name }];
  });
};
