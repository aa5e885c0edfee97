import { senderColour } from './initials.js';

const COLOURS = 8;

/**
 * A colour for each person of a conversation (S104): the one they have everywhere, or the next one that is free, in the order in which they
 * came. From the ninth person on colours repeat.
 */
export const distinctColours = (ids: readonly string[]): ReadonlyMap<string, number> => {
  const colours = new Map<string, number>();
  const taken = new Set<number>();
  for (const id of new Set(ids)) {
    let colour = senderColour(id);
    while (taken.size < COLOURS && taken.has(colour)) colour = (colour % COLOURS) + 1;
    taken.add(colour);
    colours.set(id, colour);
  }
  return colours;
};
