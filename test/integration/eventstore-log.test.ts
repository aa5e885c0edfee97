import { EventStoreDBClient, type EventStoreDBClient as Client } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import type { EncodedEvent, EventCodec } from '../../src/application/ports/event-codec.js';
import {
  LogUnavailable,
  streamId,
  UndecodableEvent,
  type LogSignal,
  type NewEvent,
  type StreamId,
} from '../../src/application/ports/event-log.js';
import { EventStoreEventLog } from '../../src/infrastructure/event-log/eventstoredb/eventstore-event-log.js';
import { MemoryKeyStore } from '../../src/infrastructure/vault/memory/memory-vault.js';
import { selfSigned } from '../support/eventstore-double/certificates.js';
import { EventStoreDouble, type DoubleOptions } from '../support/eventstore-double/eventstore-double.js';
import { allOf, eventually, failureOf, gate } from '../support/eventually.js';
import { fresh, metadataOf, posted, someStream } from '../support/events.js';
import { LogFollower } from '../support/log-follower.js';
import { describeWith, findProgram } from '../support/needed-program.js';
import { tempFolder } from '../support/temp-folder.js';

/** Stores what it is given as it is. */
class PlainCodec implements EventCodec {
  encode(_stream: StreamId, { id, event }: NewEvent): Promise<EncodedEvent> {
    const { data, metadata } = event.data as { data: string; metadata: string };
    return Promise.resolve({ id, type: event.type, data, metadata });
  }

  decode(_stream: StreamId, { type, data, metadata }: EncodedEvent) {
    return Promise.resolve({ event: { type, data: { data, metadata } }, metadata: metadataOf('a') });
  }
}

describe('the log in EventStoreDB', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const start = async (options: DoubleOptions = {}): Promise<EventStoreDouble> => {
    const double = await EventStoreDouble.start(options);
    closing.push(() => double.stop());
    return double;
  };
  const open = async (url: string, codec: EventCodec = new SealingCodec(new MemoryKeyStore())) => {
    const log = await EventStoreEventLog.open(url, codec);
    closing.push(() => log.close());
    return log;
  };
  const clientOf = (double: EventStoreDouble): Client => {
    const client = EventStoreDBClient.connectionString(double.connectionString());
    closing.push(() => client.dispose());
    return client;
  };
  const follow = (
    log: EventStoreEventLog,
    ...[options, onSignal]: [
      ConstructorParameters<typeof LogFollower>[1]?,
      ConstructorParameters<typeof LogFollower>[2]?,
    ]
  ): LogFollower => {
    const follower = new LogFollower(log, options, onSignal);
    closing.push(() => follower.stop());
    return follower;
  };
  const raw = (type: string, data = '{}') => ({
    id: randomUUID(),
    type,
    json: true,
    data: Uint8Array.from(Buffer.from(data)),
    metadata: new Uint8Array(),
  });

  describe('what the server writes for itself', () => {
    it('is not the end of the log: followers and head meet at the newest event of Parley', async () => {
      const double = await start();
      const log = await open(double.connectionString());
      const stream = someStream();
      const { position } = await log.append(stream, [fresh(posted(stream, 1))], 'no-stream');
      for (let n = 0; n < 300; n++) double.writeStatistics();
      double.journal.append('$ce-conversation', [raw('$>', `0@${stream}`)], 'any');
      double.journal.append('another-program', [raw('Something')], 'any');
      expect(await log.head()).toBe(position);
      const again = await open(double.connectionString());
      expect(await again.head()).toBe(position);
      const follower = follow(again);
      await follower.caughtUp();
      expect(follower.kinds).toEqual(['event', 'caught-up']);
      expect(follower.position).toBe(position);
    });

    it('is never told, in streams of Parley neither: links and tombstones are passed over', async () => {
      const double = await start();
      const log = await open(double.connectionString());
      const [stream, ended] = [someStream(), someStream()];
      await log.append(stream, [fresh(posted(stream, 1))], 'no-stream');
      await log.append(ended, [fresh(posted(ended, 1))], 'no-stream');
      double.journal.append(someStream(), [raw('$>', `0@${stream}`)], 'any');
      double.journal.tombstone(ended, 'any');
      const { position } = await log.append(stream, [fresh(posted(stream, 2))], 0);
      const follower = follow(log);
      await follower.reached(position);
      expect(follower.events.map((event) => event.stream)).toEqual([stream, ended, stream]);
    });
  });

  it('tells how far it looked through foreign events, never ahead of an event', async () => {
    const double = await start();
    const log = await open(double.connectionString(), new PlainCodec());
    const streams = [someStream(), 'another-program', streamId('desk', randomUUID())];
    let wanted = 0;
    for (let n = 0; n < 210; n++) {
      const stream = streams[n % 7 === 0 ? 0 : n % 7 === 1 ? 2 : 1]!;
      if (n % 7 === 0) wanted += 20;
      double.journal.append(
        stream,
        Array.from({ length: 20 }, () => raw('MessageSung')),
        'any',
      );
    }
    for (let n = 0; n < 10; n++)
      double.journal.append(
        'another-program',
        Array.from({ length: 250 }, () => raw('Something')),
        'any',
      );
    const follower = follow(log, { categories: ['conversation'] }, ({ kind }) =>
      kind === 'event' ? new Promise((resolve) => setImmediate(resolve)) : undefined,
    );
    await follower.has(wanted);
    // Further than the newest event of Parley: foreign events are not looked through again by whoever comes back.
    const head = await log.head();
    await eventually('a checkpoint', () => follower.position > head);
    const places = follower.signals.flatMap((signal: LogSignal) =>
      signal.kind === 'event' ? [signal.event.position] : signal.kind === 'scanned' ? [signal.position] : [],
    );
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(follower.kinds.filter((kind) => kind === 'scanned').length).toBeGreaterThan(0);
    expect(follower.events).toHaveLength(wanted);
    const { position } = await log.append(streams[0] as StreamId, [plain('{}', '{}')], wanted - 1);
    await follower.has(wanted + 1);
    const later = follow(log, {
      after: follower.signals.flatMap((s) => (s.kind === 'scanned' ? [s.position] : [])).at(-1)!,
    });
    await later.has(1);
    expect(later.positions).toEqual([position]);
  });

  it.each([40, 520, 1_100])(
    'says caught-up only when all of %i events before it were told, however slow the follower is',
    async (count) => {
      const double = await start();
      const log = await open(double.connectionString(), new PlainCodec());
      double.journal.append(
        someStream(),
        Array.from({ length: count }, () => raw('MessageSung')),
        'any',
      );
      const slow = gate();
      const follower = follow(log, {}, () => slow.opened);
      await follower.has(1);
      // By now the server has said it, and the client holds as many events as it likes.
      await new Promise((resolve) => setTimeout(resolve, 500));
      slow.open();
      await follower.has(count);
      await eventually('caught up', () => follower.kinds.includes('caught-up'));
      expect(follower.kinds.indexOf('caught-up')).toBe(count);
    },
  );

  describe('streams with a gap', () => {
    const written = async () => {
      const double = await start();
      const log = await open(double.connectionString());
      const stream = someStream();
      const events = [1, 2, 3, 4].map((n) => fresh(posted(stream, n)));
      await log.append(stream, events, 'no-stream');
      return { double, log, stream, client: clientOf(double) };
    };

    it.each([{ maxCount: 2 }, { truncateBefore: 2 }])(
      'fail when what is read begins behind one: %o',
      async (metadata) => {
        const { log, stream, client } = await written();
        await client.setStreamMetadata(stream, metadata);
        const failure = await failureOf(allOf(log.read(stream)));
        expect(failure).toBeInstanceOf(UndecodableEvent);
        expect(failure).toMatchObject({ stream, revision: 2, reason: expect.stringMatching(/gone/) as string });
        expect((await allOf(log.read(stream, 1))).map(({ revision }) => revision)).toEqual([2, 3]);
      },
    );

    it('fail when they were deleted, and take no new beginning for the first', async () => {
      const { log, stream, client } = await written();
      await client.deleteStream(stream);
      expect(await failureOf(allOf(log.read(stream)))).toBeInstanceOf(UndecodableEvent);
      const appending = log.append(stream, [fresh(posted(stream, 1))], 'no-stream');
      expect((await failureOf(appending)).message).toMatch(/deleted/);
    });

    it('fail when they were tombstoned', async () => {
      const { log, stream, client } = await written();
      await client.tombstoneStream(stream);
      expect(await failureOf(allOf(log.read(stream)))).toBeInstanceOf(UndecodableEvent);
      expect((await failureOf(log.append(stream, [fresh(posted(stream, 5))], 3))).message).toMatch(/deleted/);
    });
  });

  const plain = (data: string, metadata: string): NewEvent => ({
    ...fresh({ type: 'Plain', data: { data, metadata } }),
  });

  it('gives back the very text that the codec made, JSON or not', async () => {
    const double = await start();
    const log = await open(double.connectionString(), new PlainCodec());
    const stream = someStream();
    const texts = [
      '{"a":1}',
      '{ "a": 1 }',
      '{"b":1,"1":2}',
      '1e400',
      'no JSON',
      '"text"',
      '{"__proto__":{"x":1}}',
      '1.0',
      '[]',
    ];
    await log.append(
      stream,
      texts.map((text) => plain(text, '{"m":"ü"}')),
      'no-stream',
    );
    const read = await allOf(log.read(stream));
    expect(read.map(({ event }) => event.data)).toEqual(texts.map((data) => ({ data, metadata: '{"m":"ü"}' })));
    expect(double.journal.readStream(stream, 0, false, 20).map(({ json }) => json)).toEqual(
      texts.map((text) => !['{ "a": 1 }', '{"b":1,"1":2}', '1e400', 'no JSON', '1.0'].includes(text)),
    );
    expect((await failureOf(log.append(stream, [plain('{}', '{ }')], 8))).message).toMatch(/metadata/);
    expect((await failureOf(log.append(stream, [plain('"\ud800"', '{}')], 8))).message).toMatch(/UTF-8/);
    expect(await allOf(log.read(stream))).toHaveLength(texts.length);
  });

  it('says so when an append is larger than the server takes, and stores nothing of it', async () => {
    const double = await start({ maxAppendSize: 10_000 });
    const log = await open(double.connectionString());
    const stream = someStream();
    const events = [1, 2, 3].map((n) => fresh(posted(stream, n, 'x'.repeat(4_000))));
    expect((await failureOf(log.append(stream, events, 'no-stream'))).message).toMatch(/10000 bytes .*MaxAppendSize/);
    expect(await allOf(log.read(stream))).toEqual([]);
    await log.append(stream, events.slice(0, 1), 'no-stream');
  });

  it('ends its followers when it is closed, and takes nothing more', async () => {
    const double = await start();
    const log = await open(double.connectionString());
    const follower = follow(log);
    await follower.caughtUp();
    await log.close();
    await follower.over();
    expect(follower.failure).toBeInstanceOf(LogUnavailable);
    expect(await failureOf(log.head())).toBeInstanceOf(LogUnavailable);
    const stream = someStream();
    expect(await failureOf(log.append(stream, [fresh(posted(stream, 1))], 'no-stream'))).toBeInstanceOf(LogUnavailable);
  });

  it('goes to the leader when a follower says that another node leads, and appends once', async () => {
    const leading = await start();
    const following = await start({ journal: leading.journal, leader: leading.endPoint });
    const log = await open(following.connectionString());
    const stream = someStream();
    const { events } = await log.append(stream, [fresh(posted(stream, 1))], 'no-stream');
    await following.refuse();
    expect(await allOf(log.read(stream))).toEqual(events);
  });

  it('goes to the leader of a cluster, and to the one that is elected after it', async () => {
    const first = await start();
    const gone = { first: false };
    const second = await start({
      journal: first.journal,
      leader: first.endPoint,
      members: () => (gone.first ? [] : [{ ...first.endPoint, leads: true }]),
    });
    const [one, other] = [first, second].map(({ endPoint: { address, port } }) => `${address}:${port}`);
    const log = await open(`esdb://${one},${other}?tls=false`);
    const stream = someStream();
    const { revision } = await log.append(stream, [fresh(posted(stream, 1))], 'no-stream');
    const follower = follow(log);
    await follower.has(1);
    await first.refuse();
    const event = fresh(posted(stream, 2));
    const append = (): Promise<boolean> =>
      log.append(stream, [event], revision).then(
        () => true,
        () => false,
      );
    // As long as nobody leads, nothing is taken.
    expect(await append()).toBe(false);
    gone.first = true;
    second.lead();
    await eventually('the new leader', append, { withinMs: 5_000 });
    await follower.has(2);
    expect(await allOf(log.read(stream))).toEqual(follower.events);
  });

  describeWith('openssl', findProgram('openssl'), 'over TLS', (openssl) => {
    it('trusts the authority of tlsCAFile, and asks for a user that may read $all', async () => {
      const folder = tempFolder();
      closing.push(() => {
        folder.remove();
        return Promise.resolve();
      });
      const users = {
        admin: { password: 'changeit', groups: ['$admins'] },
        parley: { password: 'p@ss:word', groups: ['chat'] },
      };
      const double = await start({ certificate: selfSigned(openssl, folder), users });
      const log = await open(double.connectionString());
      const stream = someStream();
      await log.append(stream, [fresh(posted(stream, 1))], 'no-stream');
      const follower = follow(log);
      await follower.has(1);

      const codec = new SealingCodec(new MemoryKeyStore());
      const user = `parley:${encodeURIComponent('p@ss:word')}`;
      const refused = await failureOf(EventStoreEventLog.open(double.connectionString(user), codec));
      expect(refused).toBeInstanceOf(LogUnavailable);
      expect(refused.message).toMatch(/\$all needs \$admins/);
      expect(await failureOf(EventStoreEventLog.open(double.connectionString('admin:wrong'), codec))).toBeInstanceOf(
        LogUnavailable,
      );
      double.journal.append('$$$all', [raw('$metadata', '{"$acl":{"$r":["chat"]}}')], 'any');
      const allowed = await open(double.connectionString(user));
      const own = someStream();
      await allowed.append(own, [fresh(posted(own, 1))], 'no-stream');
      expect(await allOf(allowed.read(own))).toHaveLength(1);
      expect(await allOf(allowed.read(someStream()))).toEqual([]);
    });
  });
});
