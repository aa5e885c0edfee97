import type { Dropped } from '../../application/ports/event-log.js';
import { DAY_MS } from '../../application/ports/event-retention.js';

const time = (instant: number): string => new Date(instant).toISOString();

/** One line of what is missing, for people who take what they see as evidence. */
export const droppedWords = ({ category, keptMs, before, oldest }: Dropped): string =>
  `Events of ${category} are kept for ${keptMs / DAY_MS} days: of what was before ${time(before)} only the last of each stream is sure to be ` +
  (oldest === null ? 'there' : `there; the oldest that is there is of ${time(oldest.at)}, position ${oldest.position}`);
