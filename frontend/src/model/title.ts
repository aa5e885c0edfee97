import { lengthOf } from './message-text.js';

/** Space around a title does not count: it is left out when the title is sent. */
export const isTitleTooLong = (title: string, limit: number): boolean => lengthOf(title.trim()) > limit;
