import type { EventCodec } from '../../../application/ports/event-codec.js';
import type { Clock } from '../../../application/ports/clock.js';
import {
  AppendOutcomeUnknown,
  categoryOf,
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
import { asInstant, type Instant } from '../../../domain/kernel/instant.js';
import { follow } from '../follow.js';
import { atOf, decodeStored, type StoredEvent } from '../stored-event.js';
import { systemClock } from '../system-clock.js';
import { Tail } from '../tail.js';

/** What goes wrong with the next append. */
export type AppendFault = 'unavailable' | 'full' | 'unknown, not written' | 'unknown, written';

/** The log as the port defines it, in memory: the reference that tests compare with. Nothing is kept. */
export class MemoryEventLog implements EventLog {
  private stored: StoredEvent[] = [];
  private readonly tail: Tail;
  /** Taken by the next appends, one each. */
  readonly faults: AppendFault[] = [];
  /** Of each category: up to which position events were dropped, and from before when. */
  private readonly pruned = new Map<string, { readonly position: Position; readonly before: Instant }>();

  constructor(
    private readonly codec: EventCodec,
    tailLength = 1_024,
    private readonly retention: Retention = RETENTION_MS,
    private readonly clock: Clock = systemClock,
  ) {
    this.tail = new Tail(0, tailLength);
  }

  async *read(stream: StreamId, after: Revision = -1): AsyncIterable<RecordedEvent> {
    for (const stored of this.ofStream(stream))
      if (stored.revision > after) yield await decodeStored(this.codec, stored);
  }

  async append(stream: StreamId, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) throw new Error(`an append to ${stream} needs at least one event`);
    const encoded = await Promise.all(events.map((event) => this.codec.encode(stream, event)));
    const fault = this.faults.shift();
    if (fault === 'unavailable') throw new LogUnavailable('log_unavailable', 'a fault was asked for');
    if (fault === 'full') throw new LogUnavailable('store_full', 'a fault was asked for');
    if (fault === 'unknown, not written') throw new AppendOutcomeUnknown('a fault was asked for');

    const before = this.ofStream(stream);
    const actual = before.at(-1)?.revision ?? -1;
    const first = expected === 'no-stream' ? 0 : expected + 1;
    if (actual !== first - 1) {
      const there = before.filter(({ revision }) => revision >= first).slice(0, events.length);
      if (there.length < events.length || there.some(({ id }, index) => id !== events[index]?.id))
        throw new RevisionConflict(stream, expected, actual < 0 ? 'no-stream' : actual);
      return appended(await Promise.all(there.map((stored) => decodeStored(this.codec, stored))));
    }
    const previous = this.end;
    const added = encoded.map((event, index) => ({
      ...event,
      stream,
      revision: first + index,
      position: previous + index + 1,
    }));
    this.stored.push(...added);
    const recorded = events.map((event, index) => ({
      ...event,
      stream,
      revision: first + index,
      position: previous + index + 1,
    }));
    this.tail.add(recorded, previous);
    if (fault === 'unknown, written') throw new AppendOutcomeUnknown('a fault was asked for');
    return appended(recorded);
  }

  follow(options: FollowOptions): AsyncIterable<LogSignal> {
    return follow(options, this.tail, (after, limit) =>
      Promise.resolve(
        this.behind(after, limit).map((stored) => ({
          stream: stored.stream,
          position: stored.position,
          recorded: () => decodeStored(this.codec, stored),
        })),
      ),
    );
  }

  head(): Promise<Position> {
    return Promise.resolve(this.end);
  }

  dropped(category: StreamCategory, after: Position): Promise<Dropped | null> {
    const pruned = this.pruned.get(category);
    if (pruned === undefined || pruned.position <= after) return Promise.resolve(null);
    const first = this.stored.find(({ stream }) => categoryOf(stream) === category);
    const at = first && atOf(first);
    return Promise.resolve({
      category,
      keptMs: this.retention[category] ?? 0,
      before: pruned.before,
      oldest: first && at !== undefined && at !== null ? { position: first.position, at } : null,
    });
  }

  /** Drops what is too old by now. Resolves with how many events that were. */
  prune(): Promise<number> {
    const now = this.clock.now();
    let count = 0;
    for (const [category, keptMs] of Object.entries(this.retention)) {
      const before = asInstant(now - keptMs);
      const last = new Map<string, Revision>();
      for (const { stream, revision } of this.stored) last.set(stream, revision);
      /** Only what is older than everything that stays: a stream has no gap but at its beginning. */
      const begun = new Set<string>();
      const gone = this.stored.filter((event) => {
        const at = categoryOf(event.stream) === category ? atOf(event) : null;
        const goes =
          at !== null && at < before && event.revision !== last.get(event.stream) && !begun.has(event.stream);
        if (!goes) begun.add(event.stream);
        return goes;
      });
      const newest = gone.at(-1);
      if (newest === undefined) continue;
      this.pruned.set(category, {
        position: Math.max(newest.position, this.pruned.get(category)?.position ?? 0),
        before,
      });
      const dropped = new Set(gone);
      this.stored = this.stored.filter((event) => !dropped.has(event));
      this.tail.forget();
      count += gone.length;
    }
    return Promise.resolve(count);
  }

  /** Puts an event of any type at the end of the log, as a program of another version would. */
  writeRaw(stream: StreamId, type: string): void {
    const revision = (this.ofStream(stream).at(-1)?.revision ?? -1) + 1;
    const event = { id: `${stream}@${revision}`, type, data: '{}', metadata: '{"schemaVersion":1}' };
    this.stored.push({ ...event, stream, revision, position: this.end + 1 });
    this.tail.forget();
  }

  private get end(): Position {
    return this.stored.at(-1)?.position ?? 0;
  }

  private behind(after: Position, limit: number): StoredEvent[] {
    const first = this.stored.findIndex(({ position }) => position > after);
    return first < 0 ? [] : this.stored.slice(first, first + limit);
  }

  private ofStream(stream: StreamId): StoredEvent[] {
    return this.stored.filter((stored) => stored.stream === stream);
  }
}

const appended = (events: readonly RecordedEvent[]): Appended => {
  const last = events.at(-1) as RecordedEvent;
  return { revision: last.revision, position: last.position, events };
};
