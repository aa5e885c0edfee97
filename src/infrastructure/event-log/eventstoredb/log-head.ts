import { END } from '@eventstore/db-client';
import { categoryOf, STREAM_CATEGORIES, type Position } from '../../../application/ports/event-log.js';
import type { Connection } from './connection.js';
import { unavailable } from './failures.js';
import { newestOfAll, READ_MS } from './reads.js';
import { exactNumber } from './stored-form.js';
import { Budget } from './within.js';

/** Records looked at in the first read, and how much more in each next one. */
const FIRST_LOOK = 8;
const LATER_LOOK = 16;
const LARGEST_LOOK = 2_048;

const CATEGORIES: ReadonlySet<string> = new Set(STREAM_CATEGORIES);
/** Events of Parley: in a stream of one of its categories, and not written by the server itself (`$>` links, `$streamDeleted`). */
export const isOurs = ({ streamId, type }: { readonly streamId: string; readonly type: string }): boolean =>
  CATEGORIES.has(categoryOf(streamId)) && !type.startsWith('$');

/**
 * Where the log ends: the position of the newest event of Parley. A server writes to `$all` too (statistics, links, metadata); those records
 * are not counted, because no follower is told of them. What was found once is remembered, so only what is newer is looked through.
 */
export class LogHead {
  private known: Position = 0;
  private looking: Promise<Position> | null = null;

  constructor(private readonly connection: Connection) {}

  /** An event stands at this position. */
  raise(position: Position): void {
    this.known = Math.max(this.known, position);
  }

  /** Fails with `LogUnavailable`. Calls at the same time share one look; it began after the calls that it answers. */
  async read(ms = READ_MS): Promise<Position> {
    const running = this.looking;
    if (running !== null) {
      // Whoever comes amid a look may know of an event that it began too early for.
      await running.catch(() => undefined);
    }
    this.looking ??= this.look(ms).finally(() => (this.looking = null));
    return this.looking;
  }

  private async look(ms: number): Promise<Position> {
    const budget = new Budget(ms);
    try {
      let before: Parameters<typeof newestOfAll>[1] = END;
      for (let limit = FIRST_LOOK; ; limit = Math.min(limit * LATER_LOOK, LARGEST_LOOK)) {
        const page = await newestOfAll(this.connection, before, limit, budget.leftMs);
        const newest = page.find((event) => Number(event.position.commit) <= this.known || isOurs(event));
        if (newest && isOurs(newest)) this.raise(exactNumber('position', newest.position.commit));
        const last = page.at(-1);
        if (newest || last === undefined || page.length < limit) return this.known;
        before = last.position;
      }
    } catch (error) {
      throw unavailable('the end of the log cannot be read', error);
    }
  }
}
