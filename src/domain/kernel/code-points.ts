/** Counts code points without building an array; stops as soon as the limit is passed. */
export const isLongerThan = (text: string, limit: number): boolean => {
  if (text.length <= limit) return false;
  let count = 0;
  for (const _ of text) if (++count > limit) return true;
  return false;
};
