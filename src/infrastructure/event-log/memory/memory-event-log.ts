import type { EventCodec } from '../../../application/ports/event-codec.js';
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
  type StreamId,
} from '../../../application/ports/event-log.js';
import { follow } from '../follow.js';
import { decodeStored, type StoredEvent } from '../stored-event.js';
import { Tail } from '../tail.js';

/** What goes wrong with the next append. */
export type AppendFault = 'unavailable' | 'full' | 'unknown, not written' | 'unknown, written';

/** The log as the port defines it, in memory: the reference that tests compare with. Nothing is kept. */
export class MemoryEventLog implements EventLog {
  private readonly stored: StoredEvent[] = [];
  private readonly tail: Tail;
  /** Taken by the next appends, one each. */
  readonly faults: AppendFault[] = [];

  constructor(
    private readonly codec: EventCodec,
    tailLength = 1_024,
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
    const actual = before.length - 1;
    const first = expected === 'no-stream' ? 0 : expected + 1;
    if (actual !== first - 1) {
      const there = before.slice(first, first + events.length);
      if (there.length < events.length || there.some(({ id }, index) => id !== events[index]?.id))
        throw new RevisionConflict(stream, expected, actual < 0 ? 'no-stream' : actual);
      return appended(await Promise.all(there.map((stored) => decodeStored(this.codec, stored))));
    }
    const previous = this.stored.length;
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
        this.stored.slice(after, after + limit).map((stored) => ({
          stream: stored.stream,
          position: stored.position,
          recorded: () => decodeStored(this.codec, stored),
        })),
      ),
    );
  }

  head(): Promise<Position> {
    return Promise.resolve(this.stored.length);
  }

  /** Puts an event of any type at the end of the log, as a program of another version would. */
  writeRaw(stream: StreamId, type: string): void {
    const revision = this.ofStream(stream).length;
    const event = { id: `${stream}@${revision}`, type, data: '{}', metadata: '{"schemaVersion":1}' };
    this.stored.push({ ...event, stream, revision, position: this.stored.length + 1 });
    this.tail.forget();
  }

  private ofStream(stream: StreamId): StoredEvent[] {
    return this.stored.filter((stored) => stored.stream === stream);
  }
}

const appended = (events: readonly RecordedEvent[]): Appended => {
  const last = events.at(-1) as RecordedEvent;
  return { revision: last.revision, position: last.position, events };
};
