import { randomUUID } from 'node:crypto';
import {
  RevisionConflict,
  STREAM_CATEGORIES,
  streamId,
  type Appended,
  type EventLog,
  type ExpectedRevision,
  type NewEvent,
  type StreamId,
} from '../../src/application/ports/event-log.js';
import { DAY_MS } from '../../src/application/ports/event-retention.js';
import { asId, type UserId } from '../../src/domain/kernel/ids.js';
import type { AvailabilityChosen } from '../../src/domain/presence/index.js';
import { allOf, failureOf } from '../support/eventually.js';
import { busyChosen, fresh, markerMoved, posted, someStream } from '../support/events.js';
import { LogFollower } from '../support/log-follower.js';
import type { MovedClock } from '../support/moved-clock.js';
import type { EventLogUnderTest } from './event-log.contract.js';

/** A log whose time a test can let pass. */
export interface AgeingEventLog extends EventLogUnderTest {
  readonly clock: MovedClock;
  /** The engine deletes what it may delete. */
  prune(): Promise<void>;
}

/** What the port promises of categories that are not kept for ever, and of all others beside them. */
export const describeRetention = (
  name: string,
  { durable }: { readonly durable: boolean },
  open: () => Promise<AgeingEventLog>,
): void => {
  describe(`retention in the event log: ${name}`, () => {
    let under: AgeingEventLog;
    const log = (): EventLog => under.log;
    const followers: LogFollower[] = [];
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      for (const follower of followers.splice(0)) await follower.stop();
      await under.close();
    });

    const follow = (
      ...options: ConstructorParameters<typeof LogFollower> extends [EventLog, ...infer R] ? R : never
    ) => {
      const follower = new LogFollower(log(), ...options);
      followers.push(follower);
      return follower;
    };
    const someone = (): StreamId => streamId('presence', randomUUID());
    const userOf = (stream: StreamId): UserId => asId(stream.slice('presence-'.length));
    const chosen = (stream: StreamId, text: string): NewEvent<AvailabilityChosen> =>
      fresh(busyChosen(userOf(stream), under.clock.now(), text));
    const choose = (stream: StreamId, texts: readonly string[], expected: ExpectedRevision): Promise<Appended> =>
      log().append(
        stream,
        texts.map((text) => chosen(stream, text)),
        expected,
      );
    const revisions = async (stream: StreamId, after?: number) =>
      (await allOf(log().read(stream, after))).map(({ revision }) => revision);
    const textsOf = async (stream: StreamId) =>
      (await allOf(log().read(stream))).map(({ event }) => (event as AvailabilityChosen).data.text);
    const agedBy = async (days: number): Promise<void> => {
      under.clock.passDays(days);
      await under.prune();
    };

    it('ADR 0006 drops presence events older than 30 days, and keeps the younger ones with their revisions', async () => {
      const stream = someone();
      await choose(stream, ['a', 'b', 'c'], 'no-stream');
      await agedBy(20);
      expect(await revisions(stream)).toEqual([0, 1, 2]);
      await choose(stream, ['d', 'e'], 2);
      await agedBy(11);
      expect(await revisions(stream)).toEqual([3, 4]);
      expect(await textsOf(stream)).toEqual(['d', 'e']);
      expect(await revisions(stream, 0)).toEqual([3, 4]);
      expect(await revisions(stream, 3)).toEqual([4]);
      expect(await revisions(stream, 4)).toEqual([]);
    });

    it('ADR 0006 keeps the last event of a stream whatever its age, however often it is read', async () => {
      const stream = someone();
      await choose(stream, ['a', 'b', 'gone fishing'], 'no-stream');
      await agedBy(400);
      for (let n = 0; n < 2; n++) {
        expect(await textsOf(stream)).toEqual(['gone fishing']);
        expect(await revisions(stream)).toEqual([2]);
        expect(await revisions(stream, 1)).toEqual([2]);
        expect(await revisions(stream, 2)).toEqual([]);
        await agedBy(100);
      }
    });

    it('R14 goes on counting revisions where it was, and refuses other expectations', async () => {
      const stream = someone();
      await choose(stream, ['a', 'b', 'c'], 'no-stream');
      await agedBy(60);
      for (const expected of ['no-stream', 0, 1, 7] as const) {
        const failure = await failureOf(choose(stream, ['x'], expected));
        expect(failure).toBeInstanceOf(RevisionConflict);
        expect(failure).toMatchObject({ stream, expected, actual: 2 });
      }
      expect(await revisions(stream)).toEqual([2]);
      expect((await choose(stream, ['d'], 2)).revision).toBe(3);
      await under.prune();
      expect(await revisions(stream)).toEqual([3]);
      expect((await choose(stream, ['e', 'f'], 3)).events.map(({ revision }) => revision)).toEqual([4, 5]);
    });

    it('R5 recognises a repeated append of what is there, and takes nothing twice of what is not', async () => {
      const stream = someone();
      const old = chosen(stream, 'a');
      await log().append(stream, [old], 'no-stream');
      under.clock.passDays(40);
      const young = [chosen(stream, 'b'), chosen(stream, 'c')];
      const first = await log().append(stream, young, 0);
      await under.prune();
      expect(await log().append(stream, young, 0)).toEqual(first);
      expect(await failureOf(log().append(stream, [old], 'no-stream'))).toBeInstanceOf(RevisionConflict);
      expect(await textsOf(stream)).toEqual(['b', 'c']);
    });

    it('ADR 0006 leaves every other category as it is', async () => {
      const [group, desk, presence] = [someStream(), streamId('desk', randomUUID()), someone()];
      await log().append(
        group,
        [1, 2, 3].map((n) => fresh(posted(group, n))),
        'no-stream',
      );
      await choose(presence, ['a', 'b'], 'no-stream');
      const { position } = await log().append(
        desk,
        [1, 2].map((n) => fresh(markerMoved(n))),
        'no-stream',
      );
      const before = [await allOf(log().read(group)), await allOf(log().read(desk))];
      await agedBy(4_000);
      expect([await allOf(log().read(group)), await allOf(log().read(desk))]).toEqual(before);
      expect(await revisions(presence)).toEqual([1]);
      expect(await log().head()).toBe(position);
    });

    it('ADR 0006 followers pass over the gaps: those that come later, and those that were waiting', async () => {
      const [group, one, other] = [someStream(), someone(), someone()];
      const waiting = follow();
      const positions: number[] = [];
      let told = 0;
      for (let n = 0; n < 30; n++) {
        const expected = n === 0 ? 'no-stream' : n - 1;
        positions.push((await log().append(group, [fresh(posted(group, n + 1))], expected)).position);
        positions.push((await choose(one, [`one ${n}`], expected)).position);
        positions.push((await choose(other, [`other ${n}`], expected)).position);
        told += 3;
      }
      await waiting.has(told);
      await agedBy(31);
      const later = follow();
      await later.caughtUp();
      expect(later.kinds.filter((kind) => kind === 'event')).toHaveLength(30 + 2);
      expect(later.positions).toEqual(positions.filter((_, n) => n % 3 === 0 || n >= 87));
      // Where it was before, the next event may be gone, and so may the very event that it had handled.
      const between = follow({ after: positions[4] ?? 0 });
      await between.caughtUp();
      expect(between.positions).toEqual(positions.filter((_, n) => (n % 3 === 0 && n > 4) || n >= 87));
      const only = follow({ categories: ['presence'] });
      await only.reached(positions[89] ?? 0);
      expect(only.events.map(({ stream }) => stream)).toEqual([one, other]);

      const { position } = await choose(one, ['back'], 29);
      for (const follower of [waiting, later, between, only]) {
        await follower.reached(position);
        expect(follower.failure).toBeNull();
        expect(follower.positions.at(-1)).toBe(position);
      }
    });

    it('ADR 0006 drops streams and events by the hundred', async () => {
      const streams = Array.from({ length: 250 }, someone);
      for (const stream of streams) await choose(stream, ['a', 'b'], 'no-stream');
      const [busiest = someone()] = streams;
      await choose(
        busiest,
        Array.from({ length: 600 }, (_, n) => `c${n}`),
        1,
      );
      await agedBy(31);
      const follower = follow({ categories: STREAM_CATEGORIES });
      await follower.caughtUp();
      expect(new Set(follower.events.map(({ stream }) => stream))).toEqual(new Set(streams));
      expect(follower.events).toHaveLength(streams.length);
      expect(await textsOf(busiest)).toEqual(['c599']);
    });

    it('ADR 0006 says what is missing, and of which part of the log', async () => {
      const [group, stream] = [someStream(), someone()];
      expect(await log().dropped('presence', 0)).toBeNull();
      const { position } = await choose(stream, ['a', 'b'], 'no-stream');
      await agedBy(29);
      expect(await log().dropped('presence', 0)).toBeNull();
      const { position: last } = await log().append(group, [fresh(posted(group, 1))], 'no-stream');
      await agedBy(2);
      const dropped = await log().dropped('presence', 0);
      expect(dropped).toMatchObject({ category: 'presence', keptMs: 30 * DAY_MS, oldest: { position } });
      const now = under.clock.now();
      expect(now - (dropped?.before ?? 0)).toBeGreaterThanOrEqual(30 * DAY_MS);
      expect(now - (dropped?.before ?? 0)).toBeLessThan(30 * DAY_MS + 60_000);
      expect(now - (dropped?.oldest?.at ?? 0)).toBeGreaterThanOrEqual(31 * DAY_MS);
      expect(await log().dropped('presence', position)).toBeNull();
      expect(await log().dropped('presence', last)).toBeNull();
      for (const category of STREAM_CATEGORIES)
        if (category !== 'presence') expect(await log().dropped(category, 0)).toBeNull();
    });

    if (durable)
      it('R1 is as it was after it was opened anew', async () => {
        const stream = someone();
        await choose(stream, ['a', 'b', 'c'], 'no-stream');
        await agedBy(45);
        const dropped = await log().dropped('presence', 0);
        await under.reopen();
        expect(await textsOf(stream)).toEqual(['c']);
        expect({ ...(await log().dropped('presence', 0)), before: 0 }).toEqual({ ...dropped, before: 0 });
        expect((await choose(stream, ['d'], 2)).revision).toBe(3);
        await under.reopen();
        await under.prune();
        expect(await textsOf(stream)).toEqual(['d']);
      });
  });
};
