import type { EncodedEvent } from '../../src/application/ports/event-codec.js';
import {
  AppendOutcomeUnknown,
  LogUnavailable,
  RevisionConflict,
  UndecodableEvent,
  type EventLog,
  type Position,
  type StreamId,
} from '../../src/application/ports/event-log.js';
import { allOf, failureOf } from '../support/eventually.js';
import { fresh, markerMoved, posted, someStream } from '../support/events.js';
import { describeFollow } from './event-log-follow.contract.js';

/** An adapter with an empty log of its own, or one on a log that keeps what earlier tests wrote. */
export interface EventLogUnderTest {
  /** The adapter as it is open now. */
  readonly log: EventLog;
  /** Where the log ended before this test, when it is not the test's own: nobody else writes to it meanwhile but the engine itself. */
  readonly sharedFrom?: Position;
  /** Closes the adapter and opens it again on what it stored. */
  reopen(): Promise<void>;
  /** Stores an event at the end of a stream past codec and adapter, as another program would. May reopen. */
  writeRaw(stream: StreamId, event: EncodedEvent): Promise<void>;
  close(): Promise<void>;
}
export type OpenEventLog = () => Promise<EventLogUnderTest>;

/** An event of a type that nobody ever defined. */
export const poison = (): EncodedEvent => ({ ...encodedLike(), type: 'MessageSung' });

const encodedLike = (): EncodedEvent => {
  const { id, metadata } = fresh(markerMoved(1));
  return { id, type: 'ReadMarkerMoved', data: '{}', metadata: JSON.stringify({ ...metadata, schemaVersion: 1 }) };
};

/** What the port promises, for one adapter. One that is not `durable` keeps nothing when it is closed. */
export const describeEventLog = (
  name: string,
  { durable }: { readonly durable: boolean },
  open: OpenEventLog,
): void => {
  describe(`event log: ${name}`, () => {
    let under: EventLogUnderTest;
    const log = (): EventLog => under.log;
    /** The head of the log before the test wrote to it. */
    const origin = (): Position => under.sharedFrom ?? 0;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.close();
    });

    describeAppend(log, origin);
    describeRepetition(log, () => under, durable);
    describeRead(log, () => under, origin, durable);
    describeFollow(log, () => under, durable);
  });
};

const describeAppend = (log: () => EventLog, origin: () => Position): void => {
  describe('append', () => {
    it('answers revision and position of the last event, and the events in order', async () => {
      const stream = someStream();
      const events = [1, 2, 3].map((n) => fresh(posted(stream, n)));
      const appended = await log().append(stream, events, 'no-stream');
      expect(appended.revision).toBe(2);
      expect(appended.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      expect(appended.events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(appended.position).toBe(appended.events.at(-1)?.position);
      expect(await log().head()).toBe(appended.position);
    });

    it('gives the first event a position greater than 0, and later ones greater ones over all streams', async () => {
      const [one, other] = [someStream(), someStream()];
      const positions: number[] = [origin()];
      for (const [stream, expected] of [
        [one, 'no-stream'],
        [other, 'no-stream'],
        [one, 0],
        [other, 0],
      ] as const)
        positions.push((await log().append(stream, [fresh(posted(stream, 1))], expected)).position);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    });

    it('stores all or nothing: one event that does not fit its schema, and none is there', async () => {
      const stream = someStream();
      const events = [fresh(posted(stream, 1)), fresh(posted(stream, 0)), fresh(posted(stream, 3))];
      await failureOf(log().append(stream, events, 'no-stream'));
      expect(await allOf(log().read(stream))).toEqual([]);
      expect(await log().head()).toBe(origin());
    });

    it('refuses to append nothing', async () => {
      expect((await failureOf(log().append(someStream(), [], 'no-stream'))).message).toMatch(/at least one/);
    });

    it.each([
      { of: 'a stream that is there', given: 2, expected: 'no-stream', actual: 1 },
      { of: 'an earlier revision', given: 3, expected: 0, actual: 2 },
      { of: 'a later revision', given: 1, expected: 5, actual: 0 },
      { of: 'a stream that is not there', given: 0, expected: 0, actual: 'no-stream' },
    ] as const)('R14 refuses a wrong expectation of $of and says what is', async ({ given, expected, actual }) => {
      const stream = someStream();
      const before = Array.from({ length: given }, (_, n) => fresh(posted(stream, n + 1)));
      if (given > 0) await log().append(stream, before, 'no-stream');
      const failure = await failureOf(log().append(stream, [fresh(posted(stream, 9))], expected));
      expect(failure).toBeInstanceOf(RevisionConflict);
      expect(failure).toMatchObject({ name: 'RevisionConflict', stream, expected, actual });
      expect(await allOf(log().read(stream))).toHaveLength(given);
    });

    it('R14 lets exactly one of many writers with the same expectation win', async () => {
      const stream = someStream();
      await log().append(stream, [fresh(posted(stream, 1))], 'no-stream');
      const tries = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => log().append(stream, [fresh(posted(stream, n + 2))], 0)),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const tried of tries) if (tried.status === 'rejected') expect(tried.reason).toBeInstanceOf(RevisionConflict);
      expect(await allOf(log().read(stream))).toHaveLength(2);
    });

    it('names its three failures differently', () => {
      const names = [RevisionConflict, AppendOutcomeUnknown, LogUnavailable].map(({ name }) => name);
      expect(names).toEqual(['RevisionConflict', 'AppendOutcomeUnknown', 'LogUnavailable']);
    });
  });
};

const describeRepetition = (log: () => EventLog, under: () => EventLogUnderTest, durable: boolean): void => {
  describe('append of events that stand there already', () => {
    it('R5 answers as the first time and stores nothing', async () => {
      const stream = someStream();
      const events = [1, 2].map((n) => fresh(posted(stream, n)));
      const first = await log().append(stream, events, 'no-stream');
      expect(await log().append(stream, events, 'no-stream')).toEqual(first);
      expect(await allOf(log().read(stream))).toHaveLength(2);
      expect(await log().head()).toBe(first.position);
    });

    it('R5 answers as the first time when others wrote after it', async () => {
      const stream = someStream();
      const events = [1, 2].map((n) => fresh(posted(stream, n)));
      const first = await log().append(stream, events, 'no-stream');
      await log().append(stream, [fresh(posted(stream, 3))], 1);
      expect(await log().append(stream, events, 'no-stream')).toEqual(first);
      expect(await allOf(log().read(stream))).toHaveLength(3);
    });

    it('R5 stores one copy when repeated at the same time', async () => {
      const stream = someStream();
      const events = [fresh(posted(stream, 1))];
      const answers = await Promise.all(Array.from({ length: 10 }, () => log().append(stream, events, 'no-stream')));
      expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      expect(await allOf(log().read(stream))).toHaveLength(1);
    });

    if (durable)
      it('R5 answers as the first time after it was opened anew', async () => {
        const stream = someStream();
        const events = [1, 2].map((n) => fresh(posted(stream, n)));
        const first = await log().append(stream, events, 'no-stream');
        await under().reopen();
        expect(await log().append(stream, events, 'no-stream')).toEqual(first);
        expect(await allOf(log().read(stream))).toHaveLength(2);
      });

    it('is a conflict when only some of the events stand there, or others do', async () => {
      const stream = someStream();
      const events = [1, 2].map((n) => fresh(posted(stream, n)));
      await log().append(stream, events, 'no-stream');
      for (const [again, expected] of [
        [[...events, fresh(posted(stream, 3))], 'no-stream'],
        [[events[0]!, fresh(posted(stream, 2))], 'no-stream'],
        [[events[1]!, events[0]!], 'no-stream'],
        [[events[0]!], 0],
      ] as const)
        expect(await failureOf(log().append(stream, again, expected))).toBeInstanceOf(RevisionConflict);
      expect(await allOf(log().read(stream))).toHaveLength(2);
    });
  });
};

const describeRead = (
  log: () => EventLog,
  under: () => EventLogUnderTest,
  origin: () => Position,
  durable: boolean,
): void => {
  describe('read', () => {
    it('finds nothing in a stream that does not exist, and an empty log has head 0', async () => {
      expect(await allOf(log().read(someStream()))).toEqual([]);
      expect(await log().head()).toBe(origin());
    });

    it('answers exactly what append answered, whatever script a text of 8,000 code points is written in', async () => {
      const stream = someStream();
      const texts = ['Grüße, 世界 👩‍👩‍👧 \u0000\u2028 "\\', '𝒳'.repeat(8_000), 'e\u0301'.repeat(4_000), '{"__proto__":1}'];
      const events = texts.map((text, n) => fresh(posted(stream, n + 1, text)));
      const { events: answered } = await log().append(stream, events, 'no-stream');
      const read = await allOf(log().read(stream));
      expect(read).toEqual(answered);
      expect(read.map(({ event }) => (event.data as { text: string }).text)).toEqual(texts);
      expect(read.map(({ metadata }) => metadata)).toEqual(events.map(({ metadata }) => metadata));
    });

    it('begins after the given revision and keeps to one stream, over more than one page', async () => {
      const [stream, other] = [someStream(), someStream()];
      await log().append(other, [fresh(posted(other, 1))], 'no-stream');
      const events = Array.from({ length: 1_100 }, (_, n) => fresh(posted(stream, n + 1, 'x')));
      await log().append(stream, events, 'no-stream');
      const revisionsAfter = async (after?: number) =>
        (await allOf(log().read(stream, after))).map(({ revision }) => revision);
      expect(await revisionsAfter()).toEqual(events.map((_, n) => n));
      expect(await revisionsAfter(-1)).toEqual(events.map((_, n) => n));
      expect(await revisionsAfter(1_097)).toEqual([1_098, 1_099]);
      expect(await revisionsAfter(1_099)).toEqual([]);
      expect(await revisionsAfter(5_000)).toEqual([]);
    });

    it('fails at an event that cannot be decoded, after those before it, and never goes past it', async () => {
      const stream = someStream();
      const before = await log().append(stream, [fresh(posted(stream, 1))], 'no-stream');
      await under().writeRaw(stream, poison());
      const behind = await log().append(stream, [fresh(posted(stream, 2))], 1);
      const seen: number[] = [];
      const reading = (async () => {
        for await (const { revision } of log().read(stream)) seen.push(revision);
      })();
      const failure = await failureOf(reading);
      expect(failure).toBeInstanceOf(UndecodableEvent);
      expect(failure).toMatchObject({ stream, revision: 1, type: 'MessageSung' });
      expect((failure as UndecodableEvent).position).toBeGreaterThan(before.position);
      expect((failure as UndecodableEvent).position).toBeLessThan(behind.position);
      expect((failure as UndecodableEvent).reason).toMatch(/MessageSung/);
      expect(seen).toEqual([0]);
    });

    if (durable)
      it('R1 has everything again after the adapter was closed and opened', async () => {
        const stream = someStream();
        const { events, position } = await log().append(
          stream,
          [fresh(posted(stream, 1)), fresh(posted(stream, 2))],
          'no-stream',
        );
        await under().reopen();
        expect(await allOf(log().read(stream))).toEqual(events);
        expect(await log().head()).toBe(position);
        expect((await log().append(stream, [fresh(posted(stream, 3))], 1)).position).toBeGreaterThan(position);
      });
  });
};
