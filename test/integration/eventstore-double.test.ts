import {
  AccessDeniedError,
  BACKWARDS,
  binaryEvent,
  DeadlineExceededError,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  FOLLOWER,
  jsonEvent,
  MaxAppendSizeExceededError,
  NotLeaderError,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
  type EventData,
  type Filter,
  type Position,
} from '@eventstore/db-client';
import { selfSigned } from '../support/eventstore-double/certificates.js';
import { EventStoreDouble, type DoubleOptions } from '../support/eventstore-double/eventstore-double.js';
import { allOf, eventually, failureOf } from '../support/eventually.js';
import { describeWith, findProgram } from '../support/needed-program.js';
import { tempFolder } from '../support/temp-folder.js';

const events = (count: number, type = 'test'): EventData[] =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type, data: { message: 'hello', index } }));
const revisions = (read: readonly { event?: { revision: bigint } }[]): number[] =>
  read.map(({ event }) => Number(event?.revision));

/** What the client's authors and the server's documentation promise of a server of version 23.10, asked of the double. */
describe('EventStoreDB double', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  const start = async (options: DoubleOptions = {}): Promise<EventStoreDouble> => {
    const double = await EventStoreDouble.start(options);
    closing.push(() => double.stop());
    return double;
  };
  const connect = (url: string): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(url);
    closing.push(() => client.dispose());
    return client;
  };
  const open = async (options: DoubleOptions = {}) => {
    const double = await start(options);
    return { double, client: connect(double.connectionString()) };
  };

  describe.each([
    { mode: 'batched', batchAppend: true },
    { mode: 'plain', batchAppend: false },
  ])('append, $mode', ({ batchAppend }) => {
    it('answers the revision and the position of the last event, as reads tell them', async () => {
      const { client } = await open({ batchAppend });
      const first = await client.appendToStream('a', events(4));
      const second = await client.appendToStream('a', events(2), { expectedRevision: 3n });
      expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([3n, 5n]);
      const [last] = await allOf(client.readStream('a', { direction: BACKWARDS, fromRevision: END, maxCount: 1 }));
      expect(last?.event?.position).toEqual(second.position);
      expect(Number(second.position?.commit)).toBeGreaterThan(Number(first.position?.commit) + 2);
    });

    it.each<[string, AppendExpectedRevision, number, unknown]>([
      ['no stream, and there is one', 'no_stream', 2, 1n],
      ['some stream, and there is none', 'stream_exists', 0, 'no_stream'],
      ['a revision of no stream', 1n, 0, 'no_stream'],
      ['a later revision', 9n, 2, 1n],
      ['an earlier revision', 0n, 2, 1n],
    ])('refuses the expectation of %s', async (_, expectedRevision, given, actual) => {
      const { client } = await open({ batchAppend });
      if (given > 0) await client.appendToStream('a', events(given));
      const failure = await failureOf(client.appendToStream('a', events(1), { expectedRevision }));
      expect(failure).toBeInstanceOf(WrongExpectedVersionError);
      expect(failure).toMatchObject({ streamName: 'a', expectedVersion: expectedRevision, actualVersion: actual });
    });

    it('recognises a repetition by its event ids, for each kind of expectation', async () => {
      const { client, double } = await open({ batchAppend });
      const batch = events(3);
      const first = await client.appendToStream('a', batch, { expectedRevision: 'no_stream' });
      await client.appendToStream('a', events(2));
      for (const expectedRevision of ['any', 'no_stream', 'stream_exists'] as const)
        expect(await client.appendToStream('a', batch, { expectedRevision })).toEqual(first);
      const again = await client.appendToStream('a', batch.slice(1), { expectedRevision: 0n });
      expect(again).toEqual(first);
      expect(double.journal.lastRevision('a')).toBe(4);
      // Half of it is known, and half is not: that is no repetition.
      const mixed = client.appendToStream('a', [batch[0]!, ...events(1)], { expectedRevision: 'no_stream' });
      expect(await failureOf(mixed)).toBeInstanceOf(WrongExpectedVersionError);
      // In another stream the same ids are new events.
      expect((await client.appendToStream('b', batch)).nextExpectedRevision).toBe(2n);
    });

    it('refuses what is too large and what goes to a tombstoned stream, and stores nothing of it', async () => {
      const { client, double } = await open({ batchAppend, maxAppendSize: 4_096 });
      const failure = await failureOf(client.appendToStream('a', events(400)));
      expect(failure).toBeInstanceOf(MaxAppendSizeExceededError);
      expect(failure).toMatchObject({ maxAppendSize: 4_096 });
      expect(double.journal.lastRevision('a')).toBe(-1);
      await client.appendToStream('b', events(1));
      await client.tombstoneStream('b');
      const deleted = await failureOf(client.appendToStream('b', events(1)));
      expect(deleted).toBeInstanceOf(StreamDeletedError);
      expect(deleted).toMatchObject({ streamName: 'b' });
    });

    it('keeps data and metadata as they are, JSON, bytes and none', async () => {
      const { client } = await open({ batchAppend });
      await client.appendToStream('a', [
        jsonEvent({ type: 'json', data: { text: 'CC ‐ 1830 Ę \u0018' }, metadata: { meta: 'ü' } }),
        binaryEvent({ type: 'bytes', data: Buffer.from([0, 255, 1]), metadata: Buffer.from('no JSON') }),
        jsonEvent({ type: 'bare', data: 'a text' }),
      ]);
      const [json, bytes, bare] = (await allOf(client.readStream('a'))).map(({ event }) => event);
      expect(json).toMatchObject({ isJson: true, data: { text: 'CC ‐ 1830 Ę \u0018' }, metadata: { meta: 'ü' } });
      expect(bytes?.isJson).toBe(false);
      expect([...(bytes?.data as Uint8Array)]).toEqual([0, 255, 1]);
      expect(Buffer.from(bytes?.metadata as Uint8Array).toString()).toBe('no JSON');
      expect(bare).toMatchObject({ data: 'a text', metadata: undefined });
      expect(Date.now() - Number(json?.created)).toBeLessThan(60_000);
    });
  });

  it('answers batched appends of one connection each for itself, also those that fail', async () => {
    const { client } = await open();
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        client.appendToStream(`s-${n % 5}`, events(1), { expectedRevision: n < 5 ? 'no_stream' : 77n }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(results.map((_, n) => (n < 5 ? 'fulfilled' : 'rejected')));
    const late = client.appendToStream('late', events(1), { deadline: -1_000 });
    expect(await failureOf(late)).toBeInstanceOf(DeadlineExceededError);
    const chunked = await client.appendToStream('large', events(500), { batchAppendSize: 1_024 });
    expect(chunked.nextExpectedRevision).toBe(499n);
  });

  describe('reads', () => {
    it('go through a stream both ways, from anywhere, as far as asked', async () => {
      const { client } = await open();
      await client.appendToStream('a', events(8));
      await client.appendToStream('b', events(5));
      const read = async (options: Parameters<typeof client.readStream>[1]) =>
        revisions(await allOf(client.readStream('a', options)));
      expect(await read({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(await read({ fromRevision: 6n })).toEqual([6, 7]);
      expect(await read({ fromRevision: 60n })).toEqual([]);
      expect(await read({ maxCount: 2 })).toEqual([0, 1]);
      expect(await read({ direction: BACKWARDS, fromRevision: END, maxCount: 3 })).toEqual([7, 6, 5]);
      expect(await read({ direction: BACKWARDS, fromRevision: 1n })).toEqual([1, 0]);
      const failure = await failureOf(allOf(client.readStream('missing')));
      expect(failure).toBeInstanceOf(StreamNotFoundError);
    });

    it('go through all streams both ways: forwards from a position with it, backwards without it', async () => {
      const { client } = await open();
      await client.appendToStream('a', events(4));
      await client.appendToStream('b', events(4));
      const all = await allOf(client.readAll());
      const own = all.filter(({ event }) => event && !event.streamId.startsWith('$'));
      expect(own.map(({ event }) => event?.streamId)).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']);
      expect(all.length).toBeGreaterThan(own.length); // a server writes for itself, too
      const { position } = own[5]!.event!;
      expect(await allOf(client.readAll({ fromPosition: position }))).toEqual(own.slice(5));
      const backwards = await allOf(client.readAll({ direction: BACKWARDS, fromPosition: position, maxCount: 2 }));
      expect(backwards).toEqual([own[4], own[3]]);
      expect(await allOf(client.readAll({ direction: BACKWARDS, fromPosition: END }))).toEqual([...all].reverse());
    });

    it('follow links where they are asked to', async () => {
      const { client } = await open();
      await client.appendToStream('a', events(3));
      await client.appendToStream('links', [
        binaryEvent({ type: '$>', data: Buffer.from('2@a') }),
        binaryEvent({ type: '$>', data: Buffer.from('9@a') }),
      ]);
      const [target] = await allOf(client.readStream('a', { fromRevision: 2n }));
      const [plain] = await allOf(client.readStream('links'));
      expect([plain?.event?.type, plain?.link]).toEqual(['$>', undefined]);
      const [resolved, dangling] = await allOf(client.readStream('links', { resolveLinkTos: true }));
      expect([resolved?.event, resolved?.link?.type]).toEqual([target?.event, '$>']);
      expect([dangling?.event, dangling?.link?.type]).toEqual([undefined, '$>']);
    });
  });

  describe('stream metadata', () => {
    it('is kept with all its keys, and hides what it says', async () => {
      const { client } = await open();
      const metadata = { maxCount: 2, maxAge: 3_600, cacheControl: 15, acl: { readRoles: ['admin'] }, kitten: '😾' };
      await client.appendToStream('a', events(20));
      await client.setStreamMetadata('a', metadata);
      expect((await client.getStreamMetadata('a')).metadata).toEqual(metadata);
      expect((await client.getStreamMetadata('b')).metadata).toBeUndefined();
      expect(revisions(await allOf(client.readStream('a')))).toEqual([18, 19]);
      expect(revisions(await allOf(client.readStream('a', { direction: BACKWARDS, fromRevision: END })))).toEqual([
        19, 18,
      ]);
      await client.setStreamMetadata('a', { truncateBefore: 19 });
      expect(revisions(await allOf(client.readStream('a')))).toEqual([19]);
      // Until a scavenge the log has it all.
      const all = await allOf(client.readAll());
      expect(all.filter(({ event }) => event?.streamId === 'a')).toHaveLength(20);
    });

    it('deletes a stream until it is written again, and a tombstone for ever', async () => {
      const { client } = await open();
      await client.appendToStream('a', events(3));
      const wrong = await failureOf(client.deleteStream('a', { expectedRevision: 1n }));
      expect(wrong).toBeInstanceOf(WrongExpectedVersionError);
      expect(wrong).toMatchObject({ streamName: 'a', expectedVersion: 1n });
      expect((await client.deleteStream('a', { expectedRevision: 2n })).position).toBeDefined();
      expect(await failureOf(allOf(client.readStream('a')))).toBeInstanceOf(StreamNotFoundError);
      const anew = await client.appendToStream('a', events(1), { expectedRevision: 'no_stream' });
      expect(anew.nextExpectedRevision).toBe(3n);
      expect(revisions(await allOf(client.readStream('a')))).toEqual([3]);
      await client.setStreamMetadata('implicit', { cacheControl: 10 });
      await client.deleteStream('implicit', { expectedRevision: 'no_stream' });

      expect(await failureOf(client.tombstoneStream('a', { expectedRevision: 'no_stream' }))).toBeInstanceOf(
        WrongExpectedVersionError,
      );
      await client.tombstoneStream('a');
      await client.tombstoneStream('never', { expectedRevision: 'no_stream' });
      for (const stream of ['a', 'never']) {
        const failure = await failureOf(allOf(client.readStream(stream)));
        expect(failure).toBeInstanceOf(StreamDeletedError);
        expect(failure).toMatchObject({ streamName: stream });
      }
    });
  });

  describe('subscriptions', () => {
    it('tell a stream from the start, a revision or the end on, and once that they caught up', async () => {
      const { client } = await open();
      await client.appendToStream('a', events(4));
      const seen = await Promise.all(
        ([START, 2n, END] as const).map(async (fromRevision) => {
          const told: (number | string)[] = [];
          const subscription = client
            .subscribeToStream('a', { fromRevision })
            .on('data', ({ event }) => told.push(Number(event?.revision)))
            .on('confirmation', () => told.push('confirmed'))
            .on('caughtUp', () => told.push('caught-up'));
          closing.push(() => subscription.unsubscribe());
          await eventually('caught up', () => told.includes('caught-up'));
          return told;
        }),
      );
      await client.appendToStream('a', events(1));
      await eventually('the new event', () => seen.every((told) => told.at(-1) === 4));
      expect(seen).toEqual([
        ['confirmed', 0, 1, 2, 3, 'caught-up', 4],
        ['confirmed', 3, 'caught-up', 4],
        ['confirmed', 'caught-up', 4],
      ]);
    });

    it.each<[string, Filter]>([
      ['stream prefixes', streamNameFilter({ prefixes: ['wanted-', 'other-'] })],
      ['stream pattern', streamNameFilter({ regex: '^wanted-' })],
      ['type prefixes', eventTypeFilter({ prefixes: ['good'] })],
      ['type pattern', eventTypeFilter({ regex: '^go+d$' })],
    ])('tell what a filter lets through, in order, while it is written: %s', async (_, filter) => {
      const { client } = await open();
      const write = async (n: number): Promise<void> => {
        await client.appendToStream(`wanted-${n % 3}`, events(1, 'good'));
        await client.appendToStream('foreign', events(1, 'bad'));
      };
      for (let n = 0; n < 40; n++) await write(n);
      const got: AllStreamResolvedEvent[] = [];
      const subscription = client.subscribeToAll({ filter }).on('data', (event) => got.push(event));
      closing.push(() => subscription.unsubscribe());
      for (let n = 0; n < 40; n++) await write(n);
      await eventually('all', () => got.length >= 80);
      const positions = got.map(({ event }) => Number(event?.position.commit));
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      expect(got.every(({ event }) => event?.type === 'good')).toBe(true);
      expect(got).toHaveLength(80);
    });

    it('reach checkpoints by the number of events looked through, and leave out the server’s own', async () => {
      const { client, double } = await open();
      const { position } = await client.appendToStream('b', events(1));
      const checkpoints: Position[] = [];
      const types = new Set<string>();
      let count = 0;
      const filter = excludeSystemEvents({
        checkpointInterval: 2,
        checkpointReached: (__, reached) => {
          checkpoints.push(reached);
          return Promise.resolve();
        },
      });
      const subscription = client.subscribeToAll({ fromPosition: position!, filter }).on('data', ({ event }) => {
        types.add(event?.type ?? '');
        count++;
      });
      closing.push(() => subscription.unsubscribe());
      for (let n = 0; n < 19; n++) {
        await client.appendToStream('a', events(20));
        if (n === 9) double.writeStatistics();
      }
      await eventually('all', () => count === 380);
      expect([...types]).toEqual(['test']);
      expect(checkpoints).toHaveLength(5); // 381 looked through, each 2 x 32
      expect(checkpoints.every(({ commit, prepare }) => commit === prepare)).toBe(true);
    });

    it('are ended by the client without an error, and by the server with one', async () => {
      const { client, double } = await open();
      const failures: Error[] = [];
      let ends = 0;
      const subscribe = () =>
        client
          .subscribeToAll()
          .on('error', (error) => failures.push(error))
          .on('end', () => ends++)
          .on('data', () => undefined);
      const first = subscribe();
      await new Promise((resolve) => first.once('caughtUp', resolve));
      await first.unsubscribe();
      await eventually('the end', () => ends === 1);
      expect(failures).toEqual([]);
      const second = subscribe();
      await new Promise((resolve) => second.once('caughtUp', resolve));
      double.dropSubscriptions();
      await eventually('the error', () => failures.length === 1);
      expect(double.counts.dropped).toBe(1);
    });
  });

  it('keeps a log in a file', async () => {
    const folder = tempFolder();
    closing.push(() => {
      folder.remove();
      return Promise.resolve();
    });
    const file = folder.file('double.sqlite');
    const first = await EventStoreDouble.start({ file });
    const writing = EventStoreDBClient.connectionString(first.connectionString());
    const { position } = await writing.appendToStream('a', events(2));
    await writing.dispose();
    await first.stop();
    const { client } = await open({ file });
    expect((await allOf(client.readStream('a'))).at(-1)?.event?.position).toEqual(position);
    expect((await client.appendToStream('a', events(1))).nextExpectedRevision).toBe(2n);
  });

  it('is a node of a cluster: gossip names the leader, and a follower sends writers to it', async () => {
    const leading = await start();
    const following = await start({
      journal: leading.journal,
      leader: leading.endPoint,
      members: () => [{ ...leading.endPoint, leads: true }],
    });
    const { address, port } = following.endPoint;
    const follower = connect(`esdb://${address}:${port},${address}:${port}?tls=false&nodePreference=${FOLLOWER}`);
    const credentials = { username: 'a', password: 'b' }; // makes the client use the plain append, which reconnects in time
    await follower.appendToStream('a', events(1), { credentials });
    const refused = await failureOf(follower.appendToStream('a', events(1), { credentials, requiresLeader: true }));
    expect(refused).toBeInstanceOf(NotLeaderError);
    expect(refused).toMatchObject({ leader: leading.endPoint });
    const result = await follower.appendToStream('a', events(1), { credentials, requiresLeader: true });
    expect(result.nextExpectedRevision).toBe(1n);
  });

  it('says clearly what it has not', async () => {
    const { client } = await open();
    const failure = await failureOf(client.createProjection('p', 'fromAll()'));
    expect(failure.message).toMatch(/UNIMPLEMENTED.*double has no/);
    const settings = persistentSubscriptionToStreamSettingsFromDefaults();
    const subscribing = client.createPersistentSubscriptionToStream('a', 'group', settings);
    expect((await failureOf(subscribing)).message).toMatch(/UNIMPLEMENTED.*double has no/);
    expect((await failureOf(client.appendToStream('', events(1)))).message).toMatch(/INVALID_ARGUMENT|Could not/);
  });

  describeWith('openssl', findProgram('openssl'), 'over TLS, with users', (openssl) => {
    it('lets in who knows the password, to what the access lists say', async () => {
      const folder = tempFolder();
      closing.push(() => {
        folder.remove();
        return Promise.resolve();
      });
      const users = {
        admin: { password: 'changeit', groups: ['$admins'] },
        ada: { password: 'secret', groups: [] },
      };
      const { client } = await open({ certificate: selfSigned(openssl, folder), users });
      const ada = { username: 'ada', password: 'secret' };
      const nobody = { username: 'AzureDiamond', password: 'hunter2' };
      await client.appendToStream('open', events(1), { credentials: ada });
      await client.appendToStream('closed', events(1));
      await client.setStreamMetadata('closed', { acl: { writeRoles: ['some-user'], readRoles: ['ada'] } });
      for (const refused of [
        client.appendToStream('closed', events(1), { credentials: ada }),
        client.appendToStream('open', events(1), { credentials: nobody }),
        allOf(client.readAll({ credentials: ada })),
        allOf(client.readAll({ credentials: nobody })),
        client.deleteStream('$users', { credentials: ada }),
      ])
        expect(await failureOf(refused as Promise<unknown>)).toBeInstanceOf(AccessDeniedError);
      expect(await allOf(client.readStream('closed', { credentials: ada }))).toHaveLength(1);
      expect((await allOf(client.readAll())).length).toBeGreaterThan(2);
    });
  });
});
