import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import { LogUnavailable, streamId, type StreamId } from '../../src/application/ports/event-log.js';
import { DAY_MS, type Retention } from '../../src/application/ports/event-retention.js';
import { asId } from '../../src/domain/kernel/ids.js';
import { EventStoreEventLog } from '../../src/infrastructure/event-log/eventstoredb/eventstore-event-log.js';
import { MemoryKeyStore } from '../../src/infrastructure/vault/memory/memory-vault.js';
import { EventStoreDouble, type DoubleOptions } from '../support/eventstore-double/eventstore-double.js';
import { allOf, failureOf } from '../support/eventually.js';
import { ada, busyChosen, fresh, posted, someStream } from '../support/events.js';
import { LogFollower } from '../support/log-follower.js';
import { MovedClock } from '../support/moved-clock.js';

const MAX_AGE = (30 * DAY_MS) / 1_000;

describe('ADR 0006 the age limit of streams in EventStoreDB', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  const codec = new SealingCodec(new MemoryKeyStore());
  const presence = streamId('presence', ada);
  const clock = new MovedClock();
  const start = async (options: DoubleOptions = {}): Promise<EventStoreDouble> => {
    const double = await EventStoreDouble.start({ now: () => clock.now(), ...options });
    closing.push(() => double.stop());
    return double;
  };
  const open = async (double: EventStoreDouble, retention?: Retention): Promise<EventStoreEventLog> => {
    const options = { clock, ...(retention ? { retention } : {}) };
    const log = await EventStoreEventLog.open(double.connectionString(), codec, options);
    closing.push(() => log.close());
    return log;
  };
  const chosen = (text: string) => fresh(busyChosen(ada, clock.now(), text));
  const written = (double: EventStoreDouble, stream: StreamId) =>
    double.journal
      .readAll(0, false, 1_000)
      .filter((entry) => entry.stream === stream || entry.stream === `$$${stream}`);
  const revisions = async (log: EventStoreEventLog) =>
    (await allOf(log.read(presence))).map(({ revision }) => revision);

  it('is there before the first event, and is not written again with each one', async () => {
    const double = await start();
    const log = await open(double);
    await log.append(presence, [chosen('a')], 'no-stream');
    await log.append(presence, [chosen('b')], 0);
    await (await open(double)).append(presence, [chosen('c')], 1);
    expect(written(double, presence).map(({ type }) => type)).toEqual([
      '$metadata',
      ...Array<string>(3).fill('AvailabilityChosen'),
    ]);
    expect(double.journal.metadataOf(presence)).toEqual({ $maxAge: MAX_AGE });
  });

  it('is set for no other category', async () => {
    const double = await start();
    const log = await open(double);
    const stream = someStream();
    await log.append(stream, [fresh(posted(stream, 1))], 'no-stream');
    expect(double.journal.metadataOf(stream)).toEqual({});
  });

  it('harms nothing when the server goes away between the limit and the first event', async () => {
    const double = await start();
    const log = await open(double);
    double.resetNextAppend('stored'); // of the limit: it is set, and nobody is told
    expect(await failureOf(log.append(presence, [chosen('a')], 'no-stream'))).toBeInstanceOf(LogUnavailable);
    expect(written(double, presence).map(({ type }) => type)).toEqual(['$metadata']);
    const again = await open(double);
    expect(await revisions(again)).toEqual([]);
    expect((await again.append(presence, [chosen('a')], 'no-stream')).revision).toBe(0);
    expect(await revisions(again)).toEqual([0]);
  });

  it('is put right by the next append where it is missing, is another, or an operator set more', async () => {
    const double = await start();
    await (await open(double, {})).append(presence, [chosen('a')], 'no-stream');
    expect(double.journal.metadataOf(presence)).toEqual({});
    await (await open(double, { presence: DAY_MS })).append(presence, [chosen('b')], 0);
    expect(double.journal.metadataOf(presence)).toEqual({ $maxAge: 86_400 });
    double.journal.append(
      `$$${presence}`,
      [
        {
          id: crypto.randomUUID(),
          type: '$metadata',
          json: true,
          data: Buffer.from('{"$maxAge":5,"$cacheControl":9,"owner":"it"}'),
          metadata: new Uint8Array(),
        },
      ],
      'any',
    );
    await (await open(double)).append(presence, [chosen('c')], 1);
    expect(double.journal.metadataOf(presence)).toEqual({ $maxAge: MAX_AGE, $cacheControl: 9, owner: 'it' });
  });

  it('is set once by many writers at once', async () => {
    const double = await start();
    const logs = await Promise.all([1, 2, 3, 4].map(() => open(double)));
    const tries = await Promise.allSettled(logs.map((log, n) => log.append(presence, [chosen(`${n}`)], 'no-stream')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(written(double, presence).filter(({ type }) => type === '$metadata')).toHaveLength(1);
  });

  it('gives way to the last event where all are too old, and comes back with the next one', async () => {
    const double = await start();
    const log = await open(double);
    await log.append(presence, [chosen('a'), chosen('b')], 'no-stream');
    clock.passDays(31);
    expect(double.journal.readStream(presence, 0, false, 10)).toEqual([]);
    expect(await revisions(log)).toEqual([1]);
    expect(double.journal.metadataOf(presence)).toEqual({ $maxCount: 1 });
    await log.append(presence, [chosen('c')], 1);
    expect(double.journal.metadataOf(presence)).toEqual({ $maxAge: MAX_AGE });
    expect(await revisions(log)).toEqual([2]);
  });

  it('hides at once from those who read the stream, and from followers when the server is scavenged', async () => {
    const double = await start();
    const log = await open(double);
    await log.append(presence, [chosen('a'), chosen('b')], 'no-stream');
    clock.passDays(31);
    const { position } = await log.append(presence, [chosen('c')], 1);
    expect(await revisions(log)).toEqual([2]);
    for (const seen of [[0, 1, 2], [2]]) {
      const follower = new LogFollower(log);
      await follower.reached(position);
      await follower.stop();
      expect(follower.events.map(({ revision }) => revision)).toEqual(seen);
      double.scavenge();
    }
  });

  it('refuses to append where it may not be set: nothing is kept without a limit', async () => {
    const double = await start();
    const log = await open(double);
    await double.refuse();
    const user = asId<typeof ada>(crypto.randomUUID());
    const failure = await failureOf(
      log.append(streamId('presence', user), [fresh(busyChosen(user, clock.now(), 'a'))], 'no-stream'),
    );
    expect(failure).toBeInstanceOf(LogUnavailable);
    await double.heal();
    expect(written(double, streamId('presence', user))).toEqual([]);
  });
});
