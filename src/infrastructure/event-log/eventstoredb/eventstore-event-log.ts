import type { Clock } from '../../../application/ports/clock.js';
import type { EventCodec } from '../../../application/ports/event-codec.js';
import {
  type Appended,
  type EventLog,
  type ExpectedRevision,
  type FollowOptions,
  type LogSignal,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  type StreamCategory,
  type StreamId,
  type Dropped,
} from '../../../application/ports/event-log.js';
import { RETENTION_MS, type Retention } from '../../../application/ports/event-retention.js';
import { asInstant } from '../../../domain/kernel/instant.js';
import { decodeStored } from '../stored-event.js';
import { systemClock } from '../system-clock.js';
import { AgeLimits } from './age-limits.js';
import { Appender } from './appender.js';
import { Connection } from './connection.js';
import { firstEvent } from './first-event.js';
import { FOLLOW_TIMES, followAll, type FollowTimes } from './follow-all.js';
import { LogHead, prefixOf, PREFIXES } from './log-head.js';
import { leftIn, storedIn } from './reads.js';

export interface EventStoreEventLogOptions {
  /** Milliseconds for a whole append, with whatever reads it needs; then its outcome is unknown. */
  readonly appendTimeoutMs?: number;
  readonly follow?: Partial<FollowTimes>;
  readonly retention?: Retention;
  readonly clock?: Clock;
}

const APPEND_TIMEOUT_MS = 2_500;
/** Longest wait for the server when it is opened. */
const OPEN_MS = 5_000;

/**
 * The event log in EventStoreDB 23.10, or a cluster of it. The database is Parley's own: what others write into streams of its categories is
 * refused as undecodable, and what they write elsewhere is looked through.
 *
 * A position is the commit position, which is a log offset in bytes. `head()` is the position of the newest event of Parley, not of what the
 * server writes for itself behind it; every follower is told of that position, as an event or as `scanned`.
 */
export class EventStoreEventLog implements EventLog {
  private readonly end: LogHead;
  private readonly appender: Appender;
  private readonly times: FollowTimes;
  private readonly limits: AgeLimits;
  private readonly retention: Retention;
  private readonly clock: Clock;

  private constructor(
    private readonly connection: Connection,
    private readonly codec: EventCodec,
    options: EventStoreEventLogOptions,
  ) {
    this.retention = options.retention ?? RETENTION_MS;
    this.clock = options.clock ?? systemClock;
    this.end = new LogHead(connection);
    this.limits = new AgeLimits(connection, this.retention);
    this.appender = new Appender(
      connection,
      codec,
      this.end,
      this.limits,
      options.appendTimeoutMs ?? APPEND_TIMEOUT_MS,
    );
    this.times = { ...FOLLOW_TIMES, ...options.follow };
  }

  /** Fails with `LogUnavailable` when the server does not answer, or does not let this user read `$all`. */
  static async open(
    connectionString: string,
    codec: EventCodec,
    options: EventStoreEventLogOptions = {},
  ): Promise<EventStoreEventLog> {
    const log = new EventStoreEventLog(new Connection(connectionString), codec, options);
    try {
      await log.end.read(OPEN_MS);
    } catch (error) {
      await log.close();
      throw error;
    }
    return log;
  }

  async *read(stream: StreamId, after: Revision = -1): AsyncIterable<RecordedEvent> {
    const events =
      this.limits.keptMs(stream) === undefined
        ? storedIn(this.connection, stream, after)
        : leftIn(this.connection, stream, after, () => this.limits.showLast(stream));
    for await (const stored of events) yield await decodeStored(this.codec, stored);
  }

  append(stream: StreamId, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.appender.append(stream, events, expected);
  }

  follow(options: FollowOptions): AsyncIterable<LogSignal> {
    return followAll(this.connection, this.end, this.codec, options, this.times);
  }

  head(): Promise<Position> {
    return this.end.read();
  }

  /** What the server has deleted, it does not tell: what was old enough may be gone. Ages count from when the server stored an event. */
  async dropped(category: StreamCategory, after: Position): Promise<Dropped | null> {
    const keptMs = this.retention[category];
    if (keptMs === undefined) return null;
    const before = asInstant(this.clock.now() - keptMs);
    const head = await this.end.read();
    const first = await firstEvent(this.connection, after, PREFIXES, head);
    if (first === null || first.created.getTime() >= before) return null;
    const oldest = await firstEvent(this.connection, 0, [prefixOf(category)], head);
    return {
      category,
      keptMs,
      before,
      oldest: oldest && { position: Number(oldest.position.commit), at: asInstant(oldest.created.getTime()) },
    };
  }

  /** Ends followers and whatever else is under way. */
  async close(): Promise<void> {
    await this.connection.close();
  }
}
