/** At most so many of a list, and all of it when only one more would be left out: "+1" takes the room of that one. */
export const firstOf = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length > most + 1 ? list.slice(0, most) : list;
