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
  StreamCategory,
  StreamId,
  Dropped,
} from '../../src/application/ports/event-log.js';

/** A log that counts, and that can be held up before it does what it is asked. */
export class TappedLog implements EventLog {
  /** How many events each append had, refused ones too. */
  readonly appends: number[] = [];
  /** After which revision each read began. */
  readonly reads: Revision[] = [];
  /** Waited for before each call goes on; a call may fail here. */
  beforeAppend: (stream: StreamId, events: readonly NewEvent[]) => Promise<void> = () => Promise.resolve();
  beforeRead: (stream: StreamId) => Promise<void> = () => Promise.resolve();

  constructor(private readonly log: EventLog) {}

  async append(stream: StreamId, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    this.appends.push(events.length);
    await this.beforeAppend(stream, events);
    return this.log.append(stream, events, expected);
  }

  async *read(stream: StreamId, after: Revision = -1): AsyncIterable<RecordedEvent> {
    this.reads.push(after);
    await this.beforeRead(stream);
    yield* this.log.read(stream, after);
  }

  follow(options: FollowOptions): AsyncIterable<LogSignal> {
    return this.log.follow(options);
  }

  head(): Promise<Position> {
    return this.log.head();
  }

  dropped(category: StreamCategory, after: Position): Promise<Dropped | null> {
    return this.log.dropped(category, after);
  }
}
