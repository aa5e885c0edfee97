import type { EventCodec } from '../../../application/ports/event-codec.js';
import type {
  Appended,
  EventLog,
  ExpectedRevision,
  FollowOptions,
  LogSignal,
  NewEvent,
  Position,
  RecordedEvent,
  Revision,
  StreamId,
} from '../../../application/ports/event-log.js';
import { decodeStored } from '../stored-event.js';
import { Appender } from './appender.js';
import { Connection } from './connection.js';
import { FOLLOW_TIMES, followAll, type FollowTimes } from './follow-all.js';
import { LogHead } from './log-head.js';
import { storedIn } from './reads.js';

export interface EventStoreEventLogOptions {
  /** Milliseconds for a whole append, with whatever reads it needs; then its outcome is unknown. */
  readonly appendTimeoutMs?: number;
  readonly follow?: Partial<FollowTimes>;
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

  private constructor(
    private readonly connection: Connection,
    private readonly codec: EventCodec,
    { appendTimeoutMs = APPEND_TIMEOUT_MS, follow = {} }: EventStoreEventLogOptions,
  ) {
    this.end = new LogHead(connection);
    this.appender = new Appender(connection, codec, this.end, appendTimeoutMs);
    this.times = { ...FOLLOW_TIMES, ...follow };
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
    for await (const stored of storedIn(this.connection, stream, after)) yield await decodeStored(this.codec, stored);
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

  /** Ends followers and whatever else is under way. */
  async close(): Promise<void> {
    await this.connection.close();
  }
}
