import type { MarkView } from '../../../src/application/protocol/index.js';

/**
 * Under which messages it is shown how far others have read: each of them under the last of these sequences (ascending) that they have read.
 * Their own mark follows their own messages, so nobody is shown under what they wrote themselves without having read on.
 */
export const marksBySequence = (
  marks: readonly MarkView[],
  sequences: readonly number[],
): ReadonlyMap<number, readonly string[]> => {
  const shown = new Map<number, string[]>();
  for (const { user, sequence } of marks) {
    const under = sequences.findLast((one) => one <= sequence);
    if (under !== undefined) shown.set(under, [...(shown.get(under) ?? []), user]);
  }
  for (const users of shown.values()) users.sort();
  return shown;
};
