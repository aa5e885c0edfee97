import type { StreamCategory } from './event-log.js';

/** How long events of a category are kept, in milliseconds. A category that is not named is kept for ever. */
export type Retention = Readonly<Partial<Record<StreamCategory, number>>>;

export const DAY_MS = 86_400_000;

/**
 * The one table of what is dropped (ADR 0006). Each event of such a category says in `at` when it happened, not sealed, and carries the whole
 * result: the last event of a stream stays whatever its age, and is enough.
 */
export const RETENTION_MS: Retention = { presence: 30 * DAY_MS };
