import { folded } from '../model/mentions.js';

export interface HighlightPart {
  readonly text: string;
  readonly isHit: boolean;
}

const MOST = 160;
/** How much stands before the first hit. */
const LEAD = 40;

interface Letter {
  readonly folded: string;
  readonly isLetter: boolean;
  readonly at: number;
  readonly end: number;
}

/** Each code point of the text once, folded to compare, with where it stands. Folding may change lengths. */
const lettersOf = (text: string): Letter[] => {
  let at = 0;
  return Array.from(text.normalize('NFC'), (letter) => {
    const one = { folded: folded(letter), isLetter: /[\p{L}\p{N}\p{M}]/u.test(letter), at, end: at + letter.length };
    at = one.end;
    return one;
  });
};

/** The words of a search, as the server compares them. */
export const searchWords = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The text in parts, those that were looked for marked: whole words, and of the last one its beginning. No HTML is made of it. */
export const highlighted = (given: string, search: string): HighlightPart[] => {
  const text = given.normalize('NFC');
  const words = searchWords(search);
  const parts: HighlightPart[] = [];
  let plainFrom = 0;
  const letters = lettersOf(text);
  let index = 0;
  while (index < letters.length) {
    let next = index;
    while (next < letters.length && letters[next]?.isLetter) next++;
    const word = letters.slice(index, next);
    const hit = hitLength(
      word.map((letter) => letter.folded),
      words,
    );
    const [first, last] = [word[0], word[hit - 1]];
    if (first && last) {
      if (first.at > plainFrom) parts.push({ text: text.slice(plainFrom, first.at), isHit: false });
      parts.push({ text: text.slice(first.at, last.end), isHit: true });
      plainFrom = last.end;
    }
    index = Math.max(next, index + 1);
  }
  if (plainFrom < text.length) parts.push({ text: text.slice(plainFrom), isHit: false });
  return parts;
};

/** How many of the word's letters were looked for; 0: it was not. */
const hitLength = (letters: readonly string[], words: readonly string[]): number => {
  const word = letters.join('');
  if (word === '') return 0;
  if (words.includes(word)) return letters.length;
  const prefix = words.at(-1);
  if (prefix === undefined || !word.startsWith(prefix)) return 0;
  let length = 0;
  for (let taken = ''; taken.length < prefix.length; length++) taken += letters[length] ?? '';
  return length;
};

/** One line around the first hit, with hits marked. */
export const snippetOf = (text: string, search: string): HighlightPart[] => {
  const line = text.replace(/\s+/g, ' ').trim();
  const [before, ...rest] = highlighted(line, search);
  if (!before) return [];
  const whole = [before, ...rest];
  const lead = before.isHit ? '' : Array.from(before.text).slice(-LEAD).join('');
  const isCut = !before.isHit && lead.length < before.text.length;
  const shown = before.isHit ? whole : [{ text: (isCut ? '…' : '') + lead, isHit: false }, ...rest];
  return cut(rest.length === 0 && !before.isHit ? whole : shown);
};

const cut = (parts: readonly HighlightPart[]): HighlightPart[] => {
  let room = MOST;
  const kept: HighlightPart[] = [];
  for (const part of parts) {
    const points = Array.from(part.text);
    if (points.length > room) {
      kept.push({ ...part, text: `${points.slice(0, room).join('')}…` });
      break;
    }
    room -= points.length;
    kept.push(part);
  }
  return kept;
};
