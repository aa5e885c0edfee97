export type Sendability =
  { readonly kind: 'sendable'; readonly text: string } | { readonly kind: 'blank' } | { readonly kind: 'too-long' };

/** What would be sent of a text: only line ends at its end are left out. */
export const sendability = (typed: string, limit: number): Sendability => {
  const text = typed.replace(/[\r\n]+$/, '');
  if (text.trim() === '') return { kind: 'blank' };
  return lengthOf(text) > limit ? { kind: 'too-long' } : { kind: 'sendable', text };
};

/** In Unicode code points, which is what the server counts. */
export const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length++;
  return length;
};

/** How much is left, once it is worth saying: from four fifths of the limit on. Negative: too much. */
export const roomLeft = (text: string, limit: number): number | null => {
  if (text.length < limit * 0.8) return null;
  const length = lengthOf(text);
  return length < limit * 0.8 ? null : limit - length;
};

/** The first words, for the ribbon and for announcements. */
export const startOf = (text: string, most = 80): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  const points = Array.from(line.slice(0, most * 2 + 1));
  return points.length > most ? `${points.slice(0, most).join('')}…` : line;
};
