/** One or two letters for a picture that is not there: of the first and the last word of a name. */
export const initialsOf = (name: string): string => {
  const words = name.split(/[\s.]+/).filter((word) => word !== '');
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return (
    [first, last]
      .map((word) => Array.from(word ?? '')[0] ?? '')
      .join('')
      .toUpperCase() || '?'
  );
};

/** Which of the eight sender colours somebody has: the same one everywhere, for ever (FNV-1a; its high bits are the well mixed ones). */
export const senderColour = (userId: string): number => {
  let hash = 0x811c9dc5;
  for (const letter of userId) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return ((hash >>> 16) % 8) + 1;
};
