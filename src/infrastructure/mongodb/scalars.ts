/*
 * What goes into filters and documents passes through these. An object in the place of a text, `{ $ne: null }` say, would be an operator to
 * MongoDB and find everything; types do not stop one that came in from outside.
 */

/** The text itself. Fails for everything else. */
export const asText = <T extends string>(value: T): T => {
  if (typeof (value as unknown) !== 'string') throw new TypeError('a text was expected');
  return value;
};

/** The number itself. Fails for everything else. */
export const asNumber = <T extends number>(value: T): T => {
  if (!Number.isFinite(value)) throw new TypeError('a number was expected');
  return value;
};
