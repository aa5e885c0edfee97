import type { EventLog, Position, StreamCategory, Dropped } from '../ports/event-log.js';

/** What is missing, or may be, of what these categories' events behind a position say; nothing for those that are kept for ever. */
export const droppedOf = async (
  log: EventLog,
  categories: readonly StreamCategory[],
  after: Position,
): Promise<readonly Dropped[]> => {
  const dropped = await Promise.all(categories.map((category) => log.dropped(category, after)));
  return dropped.filter((one) => one !== null);
};
