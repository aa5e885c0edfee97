import { LogUnavailable, streamId } from '../../src/application/ports/event-log.js';
import type { Generation, PositionedChanges, ReadModelStore } from '../../src/application/ports/read-model-store.js';
import { asInstant } from '../../src/domain/kernel/instant.js';
import type { SessionId } from '../../src/domain/kernel/ids.js';
import { MongoConnection } from '../../src/infrastructure/mongodb/mongo-connection.js';
import { MemoryReadModels } from '../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MongoReadModels } from '../../src/infrastructure/read-models/mongodb/mongo-read-models.js';
import { MongoCredentialStore } from '../../src/infrastructure/vault/mongodb/mongo-credential-store.js';
import { MongoKeyStore } from '../../src/infrastructure/vault/mongodb/mongo-key-store.js';
import { MongoSessionStore } from '../../src/infrastructure/vault/mongodb/mongo-session-store.js';
import { eventually, failureOf } from '../support/eventually.js';
import { ada, bob, nthId } from '../support/events.js';
import { describeWithMongodb } from '../support/mongodb-server.js';
import { TcpProxy, type Fault } from '../support/tcp-proxy.js';

const things: Generation = 'things__g1';

/** More documents than one question to the server takes, each changed by two events. */
const batch: PositionedChanges[] = Array.from({ length: 900 }, (_, n) => ({
  at: n + 1,
  changes: [
    n < 450
      ? { op: 'put', key: `p/${n}`, doc: { n } }
      : { op: 'patch', key: `p/${n - 450}`, set: { late: n }, max: { n: 500 } },
  ],
}));
const end = 900;

const everything = (store: ReadModelStore) => store.page(things, { limit: 1_000, order: 'ascending' });

const expected = async () => {
  const reference = new MemoryReadModels();
  await reference.prepare(things);
  await reference.apply(things, batch, end);
  return everything(reference);
};

const openStores = async (connection: MongoConnection) => ({
  models: await MongoReadModels.open(connection),
  keys: await MongoKeyStore.open(connection),
  credentials: await MongoCredentialStore.open(connection),
  sessions: await MongoSessionStore.open(connection),
});
type Stores = Awaited<ReturnType<typeof openStores>>;

/** One call of each kind, nothing of it answered from memory. */
const calls: Record<string, (stores: Stores) => Promise<unknown>> = {
  prepare: ({ models }) => models.prepare(things, { terms: false }),
  apply: ({ models }) => models.apply(things, batch, end),
  checkpoint: ({ models }) => models.checkpoint(things),
  page: ({ models }) => everything(models),
  service: ({ models }) => models.service('things'),
  'load a snapshot': ({ models }) => models.load(streamId('desk', ada)),
  'save a snapshot': ({ models }) => models.save(streamId('desk', ada), { version: 1, revision: 1, state: '{}' }),
  'take a lease': ({ models }) =>
    models.take({ name: 'job', holder: 'ada', now: asInstant(1), until: asInstant(2), note: '' }),
  'obtain a key': ({ keys }) => keys.obtain(bob),
  'find a key': ({ keys }) => keys.find(bob),
  'destroy a key': ({ keys }) => keys.destroy(bob),
  'find credentials': ({ credentials }) => credentials.find('ada'),
  'reserve credentials': ({ credentials }) =>
    credentials.reserve([{ login: 'ada', userId: ada, passwordHash: '$argon2id$ada' }]),
  'find a session': ({ sessions }) => sessions.find('hash'),
  'add a session': ({ sessions }) =>
    sessions.add('hash', {
      id: nthId<SessionId>(1, 3),
      userId: ada,
      startedAt: asInstant(1),
      lastSeenAt: asInstant(1),
    }),
};

const expectRefused = async (stores: Stores): Promise<void> => {
  const refusals = Object.entries(calls).map(async ([name, call]) => {
    const asked = performance.now();
    const failure = await failureOf(call(stores));
    return { name, failure, tookMs: performance.now() - asked };
  });
  for (const { name, failure, tookMs } of await Promise.all(refusals)) {
    expect([name, failure.name, (failure as LogUnavailable).code]).toEqual([name, 'LogUnavailable', 'log_unavailable']);
    expect(failure).toBeInstanceOf(LogUnavailable);
    expect([name, tookMs < 3_000 || tookMs]).toEqual([name, true]);
  }
};

/** The first answer, and then every call, within 5 s of the return. */
const expectBack = async (stores: Stores): Promise<void> => {
  const since = performance.now();
  await eventually('an answer', () => answers(stores), { withinMs: 5_000 });
  for (const [name, call] of Object.entries(calls)) if (name !== 'obtain a key') await call(stores);
  expect(performance.now() - since).toBeLessThan(5_000);
};

const answers = ({ models }: Stores): Promise<boolean> =>
  models.checkpoint(things).then(
    () => true,
    () => false,
  );

describeWithMongodb('MongoDB away', (server) => {
  let proxy: TcpProxy;
  let connection: MongoConnection;
  /** Past the proxy. */
  let direct: MongoConnection;
  let stores: Stores;

  beforeEach(async () => {
    proxy = await TcpProxy.start(server.address);
    const url = server.newDatabase(proxy.port);
    connection = await MongoConnection.open(url);
    direct = await MongoConnection.open(url.replace(`:${proxy.port}`, `:${server.address.port}`));
    stores = await openStores(connection);
    await stores.models.prepare(things, { terms: false });
    await stores.models.apply(things, batch.slice(0, 10), 10);
  });
  afterEach(async () => {
    await connection.close();
    await direct.close();
    await proxy.end();
  });

  it.each<Fault>(['refused', 'silent', 'slow', 'reset'])(
    'R9 %s: every call fails as unavailable within 3 s, and works within 5 s of the return',
    async (fault) => {
      await proxy.break(fault);
      await expectRefused(stores);
      await expectRefused(stores);
      expect(proxy.harm).toBeGreaterThan(0);
      await proxy.heal();
      await expectBack(stores);
      await stores.models.apply(things, batch, end);
      expect(await everything(stores.models)).toEqual(await expected());
    },
  );

  it('R9 slow by less: what takes several questions fails within 3 s too', async () => {
    proxy.slowMs = 1_600;
    await proxy.break('slow');
    const { prepare: _p, apply: _a, 'reserve credentials': _r, ...single } = calls;
    const tookMs = await Promise.all(
      Object.entries(single).map(async ([name, call]) => {
        const asked = performance.now();
        await call(stores).catch((error: unknown) => {
          expect(error).toBeInstanceOf(LogUnavailable);
        });
        return [name, performance.now() - asked] as const;
      }),
    );
    expect(proxy.harm).toBeGreaterThan(0);
    for (const [name, ms] of tookMs) expect([name, ms < 3_000 || ms]).toEqual([name, true]);
    expect(Math.max(...tookMs.map(([, ms]) => ms))).toBeGreaterThan(proxy.slowMs);
  });

  it('R9 a server that is away from the start: opening fails as unavailable within 3 s', async () => {
    await proxy.break('refused');
    const asked = performance.now();
    const failure = await failureOf(MongoConnection.open(`mongodb://127.0.0.1:${proxy.port}/x`));
    expect(failure).toBeInstanceOf(LogUnavailable);
    expect(performance.now() - asked).toBeLessThan(3_000);
  });

  it('R9 broken off anywhere in a batch: the checkpoint promises no more than is there, and the batch applied again ends as ever', async () => {
    const whole = await expected();
    let halves = 0;
    const observer = await MongoReadModels.open(direct);
    for (let passed = 0; passed < 14; passed++) {
      await observer.drop(things);
      await observer.prepare(things, { terms: false });
      await eventually('a connection', () => answers(stores));
      proxy.breakAfter(passed);
      const failed = await stores.models.apply(things, batch, end).then(
        () => false,
        () => true,
      );
      const found = await observer.page(things, { limit: 1_000, order: 'ascending' });
      const checkpoint = await observer.checkpoint(things);
      if (failed) expect(proxy.harm).toBeGreaterThan(0);
      else expect(checkpoint).toBe(end);
      if (checkpoint === end) expect(found).toEqual(whole);
      else expect(checkpoint).toBe(0);
      if (checkpoint === 0 && found.length > 0 && found.length < whole.length) halves++;
      await proxy.heal();
      await observer.apply(things, batch, end);
      expect(await everything(observer)).toEqual(whole);
    }
    expect(halves).toBeGreaterThan(0);
  });

  it('R9 killed and started again: calls fail within 3 s, and what was acknowledged is there within 5 s', async () => {
    if (!server.isOurs) return;
    const key = await stores.keys.obtain(ada);
    await server.stop();
    await expectRefused(stores);
    await server.start();
    await expectBack(stores);
    expect(await (await MongoKeyStore.open(direct)).find(ada)).toEqual(key);
    await stores.models.apply(things, batch, end);
    expect(await everything(stores.models)).toEqual(await expected());
  });
});
