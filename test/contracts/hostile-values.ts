/** What a request could carry in the place of a text, if nobody looked. */
export const HOSTILE = [{ $ne: null }, { $gt: '' }, { $regex: '' }, { $where: 'true' }, ['ada'], null, true];

/** The question is refused, or finds nothing. */
export const expectNothing = async (question: () => Promise<unknown>): Promise<void> => {
  const found = await (async () => question())().catch(() => null);
  expect(found ?? []).toEqual([]);
};
