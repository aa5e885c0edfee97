import type { Clock } from '../../../application/ports/clock.js';
import type { EncodedEvent, EventCodec } from '../../../application/ports/event-codec.js';
import {
  AppendOutcomeUnknown,
  LogUnavailable,
  RevisionConflict,
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
import { builtModule, SqliteThread, WriteOutcomeUnknown } from '../../sqlite/sqlite-thread.js';
import { follow } from '../follow.js';
import { decodeStored, type StoredEvent } from '../stored-event.js';
import { PolledEnd } from '../polled-end.js';
import { systemClock } from '../system-clock.js';
import { Tail } from '../tail.js';
import { Pruning, PRUNING_TIMES, type PruningTimes } from './pruning.js';
import type { AppendArgument, AppendResult, program } from './log-program.js';

export interface SqliteEventLogOptions {
  /** Milliseconds until an append that got no answer counts as of unknown outcome. */
  readonly appendTimeoutMs?: number;
  /** Newest events kept in memory for followers. */
  readonly tailLength?: number;
  /** Another process writes the file: this one reads, and looks for new events from time to time. */
  readonly guest?: boolean;
  readonly retention?: Retention;
  readonly clock?: Clock;
  readonly pruning?: Partial<PruningTimes>;
  /** For tests of a full disk. */
  readonly maxPages?: number;
}

const APPEND_TIMEOUT_MS = 2_500;
const TAIL_LENGTH = 4_096;
/** Events read at once. */
const PAGE = 500;
const NO_STREAM = -1;
const GUEST = 'this process reads the log; another one writes it';

/** The event log in one SQLite file. Appends of one moment share a commit, and with it an fsync. One process at a time may write. */
export class SqliteEventLog implements EventLog {
  private readonly pruning: Pruning;
  private readonly guest: boolean;
  private readonly retention: Retention;
  private readonly appendTimeoutMs: number;

  private constructor(
    private readonly thread: SqliteThread<typeof program>,
    private readonly codec: EventCodec,
    private readonly tail: Tail,
    options: SqliteEventLogOptions,
  ) {
    const { guest = false, retention = RETENTION_MS, clock = systemClock, pruning = {} } = options;
    this.guest = guest;
    this.retention = retention;
    this.appendTimeoutMs = options.appendTimeoutMs ?? APPEND_TIMEOUT_MS;
    // Followers must not get from memory what is gone from the file.
    this.pruning = new Pruning(thread, retention, clock, { ...PRUNING_TIMES, ...pruning }, () => {
      tail.forget();
    });
    if (!guest) this.pruning.start();
  }

  static async open(file: string, codec: EventCodec, options: SqliteEventLogOptions = {}): Promise<SqliteEventLog> {
    const { tailLength = TAIL_LENGTH, guest = false, maxPages } = options;
    const thread = await SqliteThread.open<typeof program>({
      program: builtModule(import.meta.url, './log-program.js'),
      file,
      guest,
      ...(maxPages === undefined ? {} : { maxPages }),
    });
    const head = await thread.read('head', undefined);
    return new SqliteEventLog(thread, codec, new Tail(head, tailLength), options);
  }

  /** For measurements: transactions, and the appends in them. */
  get counts(): { readonly commits: number; readonly writes: number } {
    return this.thread.counts;
  }

  async *read(stream: StreamId, after: Revision = NO_STREAM): AsyncIterable<RecordedEvent> {
    let last = after;
    for (;;) {
      const page = await this.thread.read('stream', { name: stream, after: last, limit: PAGE });
      for (const stored of page) {
        yield await decodeStored(this.codec, stored);
        last = stored.revision;
      }
      if (page.length < PAGE) return;
    }
  }

  async append(stream: StreamId, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (this.guest) throw new Error(GUEST);
    if (events.length === 0) throw new Error(`an append to ${stream} needs at least one event`);
    const encoded = await Promise.all(events.map((event) => this.codec.encode(stream, event)));
    const result = await this.commit(stream, events, encoded, expected);
    if (result.kind === 'conflict')
      throw new RevisionConflict(stream, expected, result.actual === NO_STREAM ? 'no-stream' : result.actual);
    const recorded =
      result.kind === 'appended'
        ? recordedOf(stream, events, result)
        : await Promise.all(result.events.map((stored) => decodeStored(this.codec, stored)));
    const last = recorded.at(-1) as RecordedEvent;
    return { revision: last.revision, position: last.position, events: recorded };
  }

  follow(options: FollowOptions): AsyncIterable<LogSignal> {
    return follow(options, this.guest ? new PolledEnd() : this.tail, async (after, limit) => {
      const page = await this.thread.read('all', { after, limit });
      return page.map((stored) => ({ ...placeOf(stored), recorded: () => decodeStored(this.codec, stored) }));
    });
  }

  head(): Promise<Position> {
    return this.thread.read('head', undefined);
  }

  async dropped(category: StreamCategory, after: Position): Promise<Dropped | null> {
    const row = await this.thread.read('dropped', category);
    if (row === null || row.position <= after) return null;
    const { before, oldest, at } = row;
    return {
      category,
      keptMs: this.retention[category] ?? 0,
      before: asInstant(before),
      oldest: oldest === null || at === null ? null : { position: oldest, at: asInstant(at) },
    };
  }

  /** Deletes what is too old by now, as happens by itself every hour. Resolves with how many events that were. */
  async prune(): Promise<number> {
    if (this.guest) throw new Error(GUEST);
    return this.pruning.pass();
  }

  async close(): Promise<void> {
    await this.pruning.stop();
    await this.thread.close();
  }

  private commit(
    stream: StreamId,
    events: readonly NewEvent[],
    encoded: readonly EncodedEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const argument: AppendArgument = {
      stream,
      events: encoded,
      expected: expected === 'no-stream' ? NO_STREAM : expected,
    };
    return new Promise((resolve, reject) => {
      const withdraw = this.thread.post(
        'append',
        argument,
        (result) => {
          clearTimeout(deadline);
          // Whoever gave up waiting does not change that it is in the log now: followers get it all the same.
          if (result.kind === 'appended') this.tail.add(recordedOf(stream, events, result), result.previous);
          resolve(result);
        },
        (error) => {
          clearTimeout(deadline);
          if (error instanceof WriteOutcomeUnknown) {
            this.tail.forget();
            reject(
              new AppendOutcomeUnknown(`the disk failed during an append to ${stream}: ${error.message}`, {
                cause: error,
              }),
            );
          } else reject(error);
        },
      );
      const deadline = setTimeout(() => {
        reject(
          withdraw()
            ? new LogUnavailable('log_unavailable', `the log took no append for ${this.appendTimeoutMs} ms`)
            : new AppendOutcomeUnknown(`no answer to an append to ${stream} for ${this.appendTimeoutMs} ms`),
        );
      }, this.appendTimeoutMs);
    });
  }
}

const placeOf = ({ stream, position }: StoredEvent) => ({ stream, position });

const recordedOf = (
  stream: StreamId,
  events: readonly NewEvent[],
  { position, revision }: { readonly position: Position; readonly revision: Revision },
): RecordedEvent[] =>
  events.map((event, index) => {
    const fromEnd = events.length - 1 - index;
    return { ...event, stream, revision: revision - fromEnd, position: position - fromEnd };
  });
