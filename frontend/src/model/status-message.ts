import { lengthOf } from './message-text.js';

/** So many of one's own messages are offered again. */
const KEPT_MOST = 5;

/** What is sent of words for a status: `null` for none, so that the status goes by its own name (S94). */
export const statusText = (typed: string): string | null => typed.trim() || null;

export const isStatusTooLong = (typed: string, limit: number): boolean => lengthOf(typed.trim()) > limit;

/** One's last messages with a new one, the newest first, each once. */
export const withRecent = (recent: readonly string[], text: string): readonly string[] =>
  [text, ...recent.filter((one) => one !== text)].slice(0, KEPT_MOST);
