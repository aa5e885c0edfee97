import { randomUUID } from 'node:crypto';
import { streamId, UndecodableEvent, type EventLog, type StreamId } from '../../src/application/ports/event-log.js';
import { gate } from '../support/eventually.js';
import { fresh, markerMoved, posted, someStream } from '../support/events.js';
import { LogFollower } from '../support/log-follower.js';
import { poison, type EventLogUnderTest } from './event-log.contract.js';

const someDesk = (): StreamId => streamId('desk', randomUUID());

/** Appends events one by one to a stream of its own. */
const write = async (log: EventLog, stream: StreamId, count: number, from = 0): Promise<number> => {
  let position = 0;
  for (let n = from; n < from + count; n++) {
    const event = stream.startsWith('desk') ? markerMoved(n + 1) : posted(stream, n + 1);
    ({ position } = await log.append(stream, [fresh(event)], n === 0 ? 'no-stream' : n - 1));
  }
  return position;
};

const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

export const describeFollow = (log: () => EventLog, under: () => EventLogUnderTest, durable: boolean): void => {
  describe('follow', () => {
    const followers: LogFollower[] = [];
    const follow = (
      ...[options, onSignal]: [
        ConstructorParameters<typeof LogFollower>[1]?,
        ConstructorParameters<typeof LogFollower>[2]?,
      ]
    ) => {
      const follower = new LogFollower(log(), { after: under().sharedFrom ?? 'start', ...options }, onSignal);
      followers.push(follower);
      return follower;
    };
    /** In a log that is the test's own nothing is scanned but what the test wrote. */
    const kindsOf = ({ kinds }: LogFollower) =>
      under().sharedFrom === undefined ? kinds : kinds.filter((kind) => kind !== 'scanned');
    afterEach(async () => {
      for (const follower of followers.splice(0)) await follower.stop();
    });

    it('tells a follower from the start of everything, then that it caught up, then of what is new', async () => {
      const stream = someStream();
      await write(log(), stream, 3);
      const follower = follow();
      await follower.caughtUp();
      expect(kindsOf(follower)).toEqual(['event', 'event', 'event', 'caught-up']);
      await write(log(), stream, 2, 3);
      await follower.has(5);
      expect(follower.events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    });

    it('tells the same events as read does', async () => {
      const stream = someStream();
      await write(log(), stream, 2);
      const late = follow();
      await late.caughtUp();
      const { events } = await log().append(stream, [fresh(posted(stream, 3, 'späť 🐘'))], 1);
      await late.has(3);
      expect(late.events.at(-1)).toEqual(events[0]);
      const again = follow();
      await again.has(3);
      expect(again.events).toEqual(late.events);
    });

    it('serves a follower that came before the first event', async () => {
      const follower = follow();
      await follower.caughtUp();
      expect(kindsOf(follower)).toEqual(['caught-up']);
      await write(log(), someStream(), 1);
      await follower.has(1);
      expect(follower.events.map(({ revision }) => revision)).toEqual([0]);
    });

    it('begins after the given position, exclusive, whether others follow or not', async () => {
      const stream = someStream();
      await write(log(), stream, 5);
      const all = follow();
      await all.has(5);
      const later = follow({ after: all.positions[2]! });
      await later.caughtUp();
      expect(later.events.map(({ revision }) => revision)).toEqual([3, 4]);
      const atEnd = follow({ after: all.positions[4]! });
      await atEnd.caughtUp();
      expect(kindsOf(atEnd)).toEqual(['caught-up']);
      await write(log(), stream, 1, 5);
      await Promise.all([later.has(3), atEnd.has(1)]);
      expect(atEnd.events.map(({ revision }) => revision)).toEqual([5]);
    });

    it('R14 has no gap, no double and one order when many writers append at once', async () => {
      const early = follow();
      const streams = Array.from({ length: 12 }, someStream);
      await Promise.all(streams.map((stream) => write(log(), stream, 25)));
      const late = follow();
      await Promise.all([early.has(300), late.has(300)]);
      expect(early.positions).toEqual(ascending(early.positions));
      expect(early.positions).toHaveLength(300);
      expect(late.events).toEqual(early.events);
      for (const stream of streams)
        expect(early.events.filter((event) => event.stream === stream).map(({ revision }) => revision)).toEqual(
          Array.from({ length: 25 }, (_, n) => n),
        );
    });

    it('keeps the order for a follower that joins amid the writes', async () => {
      const streams = Array.from({ length: 4 }, someStream);
      const writing = Promise.all(streams.map((stream) => write(log(), stream, 40)));
      const joined: LogFollower[] = [];
      const first = follow();
      for (const at of [20, 60, 100]) {
        await first.has(at);
        joined.push(follow());
      }
      await writing;
      for (const follower of joined) {
        await follower.has(160);
        expect(follower.positions).toEqual(ascending(follower.positions));
      }
    });

    it('leaves out other categories and says how far it looked, in order', async () => {
      const [stream, desk] = [someStream(), someDesk()];
      await write(log(), stream, 2);
      const end = await write(log(), desk, 3);
      const follower = follow({ categories: ['conversation'] });
      await follower.caughtUp();
      expect(follower.events.every((event) => event.stream === stream)).toBe(true);
      expect(follower.events).toHaveLength(2);
      if (under().sharedFrom === undefined) expect(follower.position).toBe(end);
      else expect(follower.position).toBeGreaterThanOrEqual(end);
      const live = await write(log(), desk, 1, 3);
      await follower.reached(live);
      expect(follower.events).toHaveLength(2);
      await write(log(), stream, 1, 2);
      await follower.has(3);
      const places = follower.signals.flatMap((signal) =>
        signal.kind === 'event' ? [signal.event.position] : signal.kind === 'scanned' ? [signal.position] : [],
      );
      expect(places).toEqual(ascending(places));
    });

    it('goes through more than one page of what others wrote', async () => {
      const [stream, desk] = [someStream(), someDesk()];
      const others = Array.from({ length: 1_200 }, (_, n) => fresh(markerMoved(n + 1)));
      const { position } = await log().append(desk, others, 'no-stream');
      await write(log(), stream, 1);
      const follower = follow({ categories: ['conversation'] });
      await follower.has(1);
      expect(follower.positions[0]).toBeGreaterThan(position);
    });

    it('never says caught-up twice without fell-behind or events between, and loses nothing for a slow reader', async () => {
      const stream = someStream();
      const slow = gate();
      const follower = follow({}, ({ kind }) => (kind === 'event' ? slow.opened : undefined));
      await follower.caughtUp();
      await write(log(), stream, 1);
      await follower.has(1);
      const events = Array.from({ length: 3_000 }, (_, n) => fresh(posted(stream, n + 2, 'x')));
      for (let n = 0; n < events.length; n += 100) await log().append(stream, events.slice(n, n + 100), n);
      slow.open();
      await follower.has(3_001);
      expect(follower.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 3_001 }, (_, n) => n));
      const between = follower.kinds.filter((kind) => kind === 'caught-up' || kind === 'fell-behind');
      between.forEach((kind, n) => {
        if (n > 0 && kind === 'fell-behind') expect(between[n - 1]).toBe('caught-up');
      });
    });

    it('ends when the signal aborts, waiting or not, and without an error', async () => {
      const waiting = follow();
      await waiting.caughtUp();
      await waiting.stop();
      expect(waiting.failure).toBeNull();
      await write(log(), someStream(), 1);
      expect(waiting.events).toEqual([]);

      const stream = someStream();
      await write(log(), stream, 10);
      const busy: LogFollower = follow({}, () => {
        void busy.stop();
      });
      await busy.over();
      expect(busy.failure).toBeNull();
      expect(busy.signals).toHaveLength(1);
    });

    it('does nothing for a signal that was aborted before', async () => {
      await write(log(), someStream(), 1);
      const signals = [];
      for await (const signal of log().follow({
        after: 'start',
        categories: ['conversation'],
        signal: AbortSignal.abort(),
      }))
        signals.push(signal);
      expect(signals).toEqual([]);
    });

    it('R13 fails at an event that cannot be decoded, and never goes past it', async () => {
      const stream = someStream();
      const before = await write(log(), stream, 2);
      await under().writeRaw(stream, poison());
      const behind = await log().append(stream, [fresh(posted(stream, 3))], 2);
      const follower = follow();
      await follower.over();
      expect(follower.failure).toBeInstanceOf(UndecodableEvent);
      expect(follower.failure).toMatchObject({ stream, revision: 2, type: 'MessageSung' });
      const { position } = follower.failure as UndecodableEvent;
      expect(position).toBeGreaterThan(before);
      expect(position).toBeLessThan(behind.position);
      expect(follower.events.map(({ revision }) => revision)).toEqual([0, 1]);
      expect(follower.position).toBeLessThan(position);
    });

    it('R13 does not decode what is of another category', async () => {
      await under().writeRaw(someDesk(), poison());
      const stream = someStream();
      await write(log(), stream, 1);
      const follower = follow({ categories: ['conversation'] });
      await follower.has(1);
      expect(follower.failure).toBeNull();
    });

    if (durable)
      it('R1 goes on from a position that an earlier opening told', async () => {
        const stream = someStream();
        await write(log(), stream, 3);
        const before = follow();
        await before.has(2);
        await before.stop();
        await under().reopen();
        const after = follow({ after: before.positions[1]! });
        await after.caughtUp();
        await write(log(), stream, 1, 3);
        await after.has(2);
        expect(after.events.map(({ revision }) => revision)).toEqual([2, 3]);
      });
  });
};
