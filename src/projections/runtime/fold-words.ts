/**
 * The words of a text for searching: compatibility-decomposed, without accents, lower case, split at everything that is neither letter
 * nor digit. The same function when writing and when searching.
 */
export const foldWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
