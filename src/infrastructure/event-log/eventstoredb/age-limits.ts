import { jsonEvent, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { categoryOf, type StreamCategory, type StreamId } from '../../../application/ports/event-log.js';
import { DAY_MS, type Retention } from '../../../application/ports/event-retention.js';
import type { Connection } from './connection.js';
import { unavailable } from './failures.js';
import { onLeader } from './on-leader.js';
import { newestOf, READ_MS } from './reads.js';
import { Budget } from './within.js';

/** What `$$<stream>` holds, as it is stored (https://developers.eventstore.com/server/v23.10/streams.html). */
interface Metadata {
  readonly $maxAge?: number;
  readonly $maxCount?: number;
  readonly [other: string]: unknown;
}

/** Others may set the same metadata at the same moment: so often it is looked at again. */
const TRIES = 5;
/** Streams whose limit is known to be set; beyond it all are asked again. */
const KNOWN_MAX = 100_000;

/**
 * `$maxAge` of streams whose old events are dropped: set before their first event, and looked after once a day, so that none is without it and a
 * changed number of days comes to all that are written to.
 *
 * The server shows nothing of a stream whose last event is too old, though it never deletes that one. Then `$maxCount` 1 takes the place of
 * the age: the last event is shown, and no other, until the next append puts the age back.
 */
export class AgeLimits {
  /** Until when each stream's limit need not be looked at, in the milliseconds of this process. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly connection: Connection,
    private readonly retention: Retention,
  ) {}

  /** For how long the events of this stream are kept, in milliseconds; `undefined`: for ever. */
  keptMs(stream: StreamId): number | undefined {
    return this.retention[categoryOf(stream) as StreamCategory];
  }

  /** Before an append. Fails with `LogUnavailable`. */
  async ensure(stream: StreamId, ms: number): Promise<void> {
    const keptMs = this.keptMs(stream);
    if (keptMs === undefined || (this.known.get(stream) ?? 0) > performance.now()) return;
    const $maxAge = Math.ceil(keptMs / 1_000);
    await this.change(stream, ms, ({ $maxCount, ...rest }) =>
      $maxCount === undefined && rest.$maxAge === $maxAge ? null : { ...rest, $maxAge },
    );
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    this.known.set(stream, performance.now() + Math.min(DAY_MS, keptMs / 2));
  }

  /** The stream has events, and all of them are too old. Fails with `LogUnavailable`. */
  async showLast(stream: StreamId): Promise<void> {
    this.known.delete(stream);
    await this.change(stream, READ_MS, ({ $maxAge: _, ...rest }) =>
      rest.$maxCount === 1 ? null : { ...rest, $maxCount: 1 },
    );
  }

  private async change(stream: StreamId, ms: number, next: (found: Metadata) => Metadata | null): Promise<void> {
    const budget = new Budget(ms);
    for (let left = TRIES; ; left--)
      try {
        await onLeader(() => this.changeOnce(`$$${stream}`, budget, next));
        return;
      } catch (error) {
        if (!(error instanceof WrongExpectedVersionError) || left <= 1)
          throw unavailable(`the age limit of ${stream} cannot be set, and nothing is written without it`, error);
      }
  }

  private async changeOnce(name: string, budget: Budget, next: (found: Metadata) => Metadata | null): Promise<void> {
    const newest = await newestOf(this.connection, name, budget.leftMs);
    const wanted = next((newest?.data ?? {}) as Metadata);
    if (wanted === null) return;
    await this.connection.call(budget.leftMs, `a write of ${name}`, (client) =>
      client.appendToStream(name, jsonEvent({ type: '$metadata', data: wanted }), {
        expectedRevision: newest?.revision ?? NO_STREAM,
        deadline: Math.ceil(budget.leftMs),
        requiresLeader: true,
      }),
    );
  }
}
