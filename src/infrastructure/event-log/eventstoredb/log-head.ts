import { END, type AllStreamRecordedEvent } from '@eventstore/db-client';
import {
  categoryOf,
  STREAM_CATEGORIES,
  type Position,
  type StreamCategory,
} from '../../../application/ports/event-log.js';
import type { Connection } from './connection.js';
import { unavailable } from './failures.js';
import { newestOfAll, READ_MS } from './reads.js';
import { exactNumber } from './stored-form.js';

/** Records looked at in the first read, and how much more in each next one. */
const FIRST_LOOK = 8;
const LATER_LOOK = 16;
const LARGEST_LOOK = 512;

const CATEGORIES: ReadonlySet<string> = new Set(STREAM_CATEGORIES);
/** What the names of a category's streams begin with. */
export const prefixOf = (category: StreamCategory): string => `${category}-`;
export const PREFIXES = STREAM_CATEGORIES.map(prefixOf);
/** Events of Parley: in a stream of one of its categories, and not written by the server itself (`$>` links, `$streamDeleted`). */
export const isOurs = ({ streamId, type }: { readonly streamId: string; readonly type: string }): boolean =>
  CATEGORIES.has(categoryOf(streamId)) && !type.startsWith('$');

/**
 * Where the log ends: the position of the newest event of Parley. A server writes to `$all` too (statistics, links, metadata); those records
 * are not counted, because no follower is told of them. What was found once is remembered, so only what is newer is looked through.
 */
export class LogHead {
  private known: Position = 0;
  /** Up to here nothing needs to be looked at again. */
  private lookedAt: Position = 0;
  private looking: Promise<Position> | null = null;

  constructor(private readonly connection: Connection) {}

  /** An event stands at this position. */
  raise(position: Position): void {
    this.known = Math.max(this.known, position);
  }

  /** `pageMs`: longest wait for each page of what is looked through. Fails with `LogUnavailable`. */
  async read(pageMs = READ_MS): Promise<Position> {
    // A look that is under way may have begun before what its caller knows of: the next one, which all share that wait, did not.
    await this.looking?.catch(() => undefined);
    this.looking ??= this.look(pageMs).finally(() => (this.looking = null));
    return this.looking;
  }

  private async look(pageMs: number): Promise<Position> {
    let newest: Position | null = null;
    try {
      let before: Parameters<typeof newestOfAll>[1] = END;
      for (let limit = FIRST_LOOK; ; limit = Math.min(limit * LATER_LOOK, LARGEST_LOOK)) {
        const page = await newestOfAll(this.connection, before, limit, pageMs);
        newest ??= positionOf(page[0]);
        const found = page.find((event) => isOurs(event) || positionOf(event) <= this.lookedAt);
        if (found && isOurs(found)) this.raise(positionOf(found));
        const last = page.at(-1);
        if (found || last === undefined || page.length < limit) {
          this.lookedAt = Math.max(this.lookedAt, newest);
          return this.known;
        }
        before = last.position;
      }
    } catch (error) {
      throw unavailable('the end of the log cannot be read', error);
    }
  }
}

const positionOf = (event: AllStreamRecordedEvent | undefined): Position =>
  event === undefined ? 0 : exactNumber('position', event.position.commit);
