/** Control characters but the line feed, and the marks that turn the direction of text: a message must not steer the terminal it is shown on. */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text as it may be written to a terminal: what cannot be shown is written as its code. */
export const printable = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}`);

/** Rows under their heads, in columns as wide as their widest cell. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** A whole number with separators, as in 1,204,311. */
export const grouped = (number: number): string => Math.round(number).toLocaleString('en-US');
