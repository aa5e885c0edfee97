import {
  END,
  MaxAppendSizeExceededError,
  NO_STREAM,
  StreamDeletedError,
  WrongExpectedVersionError,
  type AppendResult,
  type EventData,
} from '@eventstore/db-client';
import type { EventCodec } from '../../../application/ports/event-codec.js';
import {
  AppendOutcomeUnknown,
  LogUnavailable,
  RevisionConflict,
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  type RecordedEvent,
  type Revision,
  type StreamId,
} from '../../../application/ports/event-log.js';
import { decodeStored, type StoredEvent } from '../stored-event.js';
import type { AgeLimits } from './age-limits.js';
import type { Connection } from './connection.js';
import { isRefused, messageOf, nothingHappened, unavailable } from './failures.js';
import type { LogHead } from './log-head.js';
import { onLeader } from './on-leader.js';
import { newestOfAll, pageOf } from './reads.js';
import { dataOf, exactNumber } from './stored-form.js';
import { Budget } from './within.js';

/** `EventLog.append` over EventStoreDB's own expected revision and its recognition of event ids. */
export class Appender {
  constructor(
    private readonly connection: Connection,
    private readonly codec: EventCodec,
    private readonly head: LogHead,
    private readonly limits: AgeLimits,
    private readonly appendMs: number,
  ) {}

  async append(stream: StreamId, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) throw new Error(`an append to ${stream} needs at least one event`);
    const encoded = await Promise.all(events.map((event) => this.codec.encode(stream, event)));
    const data = encoded.map(dataOf);
    const budget = new Budget(this.appendMs);
    await this.connection.trusted((ms) => newestOfAll(this.connection, END, 1, ms));
    await this.limits.ensure(stream, budget.leftMs);
    const recorded = await this.recorded(stream, events, data, expected, budget);
    const last = recorded.at(-1) as RecordedEvent;
    this.head.raise(last.position);
    return { revision: last.revision, position: last.position, events: recorded };
  }

  private async recorded(
    stream: StreamId,
    events: readonly NewEvent[],
    data: EventData[],
    expected: ExpectedRevision,
    budget: Budget,
  ): Promise<RecordedEvent[]> {
    const first = expected === 'no-stream' ? 0 : expected + 1;
    try {
      const { nextExpectedRevision, position } = await this.write(stream, data, expected, budget);
      if (Number(nextExpectedRevision) !== first + events.length - 1)
        throw new Error(
          `stream ${stream} was deleted in EventStoreDB: what was appended to it begins anew behind the old events`,
        );
      // The server tells the position of the last event only, and that of none when it recognised a repetition that it knows no more about.
      const [only] = events;
      if (only && events.length === 1 && position && position.commit >= 0n && position.commit <= MAX_POSITION)
        return [{ ...only, stream, revision: first, position: exactNumber('position', position.commit) }];
      return await this.positioned(stream, events, first, budget);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError)
        return this.repeated(stream, events, first, expected, error, budget);
      throw error;
    }
  }

  /** The events are there: only their places are asked for. */
  private async positioned(
    stream: StreamId,
    events: readonly NewEvent[],
    first: Revision,
    budget: Budget,
  ): Promise<RecordedEvent[]> {
    try {
      const there = await pageOf(this.connection, stream, first, events.length, budget.leftMs);
      if (!areSame(there, events)) throw new Error('other events stand there');
      return events.map((event, index) => ({
        ...event,
        stream,
        revision: first + index,
        position: there[index]?.position ?? 0,
      }));
    } catch (error) {
      throw new AppendOutcomeUnknown(
        `the positions of what was appended to ${stream} are not known: ${messageOf(error)}`,
        {
          cause: error,
        },
      );
    }
  }

  /** Somebody wrote to the stream: this very append, which is then answered as the first time, or somebody else. */
  private async repeated(
    stream: StreamId,
    events: readonly NewEvent[],
    first: Revision,
    expected: ExpectedRevision,
    { actualVersion }: WrongExpectedVersionError,
    budget: Budget,
  ): Promise<RecordedEvent[]> {
    const actual = typeof actualVersion === 'bigint' ? Number(actualVersion) : 'no-stream';
    let there: StoredEvent[] = [];
    if (actual !== 'no-stream' && actual >= first + events.length - 1)
      try {
        there = await pageOf(this.connection, stream, first, events.length, budget.leftMs);
      } catch (error) {
        throw unavailable(`nothing was appended to ${stream}`, error);
      }
    if (!areSame(there, events)) throw new RevisionConflict(stream, expected, actual);
    return Promise.all(there.map((stored) => decodeStored(this.codec, stored)));
  }

  private async write(
    stream: StreamId,
    data: EventData[],
    expected: ExpectedRevision,
    budget: Budget,
  ): Promise<AppendResult> {
    try {
      return await onLeader(() =>
        this.connection.call(budget.leftMs, `an append to ${stream}`, (client) =>
          client.appendToStream(stream, data, {
            expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected),
            deadline: Math.ceil(budget.leftMs),
            // Then reads go to the leader too, and see what was written before.
            requiresLeader: true,
          }),
        ),
      );
    } catch (error) {
      if (error instanceof WrongExpectedVersionError || error instanceof LogUnavailable) throw error;
      if (nothingHappened(error)) throw unavailable(`nothing was appended to ${stream}`, error);
      const reason = refusalOf(error);
      if (reason !== null) throw new Error(`EventStoreDB refuses an append to ${stream}: ${reason}`, { cause: error });
      throw new AppendOutcomeUnknown(`an append to ${stream} got no answer: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** Beyond it the server means: not known. */
const MAX_POSITION = BigInt(Number.MAX_SAFE_INTEGER);

const areSame = (there: readonly StoredEvent[], events: readonly NewEvent[]): boolean =>
  there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);

/** Why this append can never be taken; `null`: the error says nothing of that kind. */
const refusalOf = (error: unknown): string | null => {
  if (error instanceof MaxAppendSizeExceededError)
    return `it is larger than the ${error.maxAppendSize} bytes that are taken at once (MaxAppendSize)`;
  if (error instanceof StreamDeletedError) return 'the stream was deleted';
  return isRefused(error) ? messageOf(error) : null;
};
