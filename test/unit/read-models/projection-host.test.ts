import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { rebuild, rollback } from '../../../src/application/read-models/rebuild.js';
import { ProjectionHost } from '../../../src/application/read-models/projection-host.js';
import { projectorLease } from '../../../src/application/read-models/projector.js';
import { ReadModels } from '../../../src/application/read-models/read-models.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import type { Projection } from '../../../src/projections/runtime/projection.js';
import { transcript } from '../../../src/projections/transcript/transcript.projection.js';
import { eventually, failureOf } from '../../support/eventually.js';
import { fresh, posted, someStream } from '../../support/events.js';

const table = transcript as unknown as Projection;

/** Counts who wrote. */
class Counted extends MemoryReadModels {
  writes = 0;
  override async apply(...given: Parameters<MemoryReadModels['apply']>): Promise<void> {
    this.writes++;
    await super.apply(...given);
  }
}

const open = () => {
  const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()));
  const store = new Counted();
  const stream = someStream();
  const time = { now: 1_000 };
  const clock = { now: () => asInstant(time.now) };
  const hosts: ProjectionHost[] = [];
  let sequence = 0;
  return {
    log,
    store,
    time,
    clock,
    hosts,
    post: async (count: number): Promise<number> => {
      const events = Array.from({ length: count }, () => fresh(posted(stream, ++sequence)));
      const before = sequence - count;
      return (await log.append(stream, events, before === 0 ? 'no-stream' : before - 1)).position;
    },
    node: async (name: string) => {
      const readModels = new ReadModels(store);
      const options = { lingerMs: 1, idleMs: 1, batch: 100, retryMs: 50 };
      const parts = { log, store, leases: store, clock, node: name, options, renewMs: 5 };
      const host = new ProjectionHost([table], readModels, parts);
      await host.start();
      hosts.push(host);
      return { host, readModels };
    },
  };
};

describe('projections on several nodes', () => {
  let world: ReturnType<typeof open>;
  beforeEach(() => {
    world = open();
  });
  afterEach(async () => {
    await Promise.all(world.hosts.map((host) => host.stop()));
  });

  it('are written by one of them; the others wait for it and know what it says', async () => {
    const one = await world.node('one');
    const two = await world.node('two');
    const position = await world.post(30);
    await Promise.all([one.host.reached(position), two.host.reached(position)]);
    expect(world.store.writes).toBeLessThan(30);
    await two.readModels.level('transcript', position);
    await eventually('the note', () => two.host.status[0]?.position === position);
    expect([...one.host.status, ...two.host.status].map(({ holder }) => holder)).toEqual(['one', 'one']);
    expect(await one.readModels.page('transcript', { limit: 99, order: 'ascending' })).toHaveLength(30);
  });

  it('are taken over from a writer that fell silent, and from one that stopped in order at once', async () => {
    const one = await world.node('one');
    const two = await world.node('two');
    await one.host.stop();
    await eventually('taken over', () => two.host.status[0]?.holder === 'two');
    const position = await world.post(5);
    await two.host.reached(position);
    // A writer that was killed gives nothing back: its lease ends by the clock.
    const name = projectorLease('transcript__g1');
    await world.store.release(name, 'two');
    await world.store.take({ name, holder: 'dead', now: asInstant(1_000), until: asInstant(7_000), note: '{}' });
    await eventually('stands by', () => two.host.status[0]?.holder === 'dead');
    world.time.now = 7_000;
    await eventually('taken over', () => two.host.status[0]?.holder === 'two');
    await two.host.reached(await world.post(5));
  });

  it('go over to another generation when somebody makes it serve, and back', async () => {
    const { host, readModels } = await world.node('one');
    await host.reached(await world.post(10));
    const parts = {
      log: world.log,
      store: world.store,
      leases: world.store,
      clock: world.clock,
      holder: 'an admin',
      signal: new AbortController().signal,
      report: () => undefined,
    };
    await rebuild(table, { mode: 'new', promote: true, keepMs: 1_000 }, parts);
    await eventually('the new one serves', () => host.status[0]?.generation === 'transcript__g2');
    const position = await world.post(10);
    await host.reached(position);
    expect(await readModels.page('transcript', { limit: 99, order: 'ascending' })).toHaveLength(20);
    expect(await world.store.checkpoint('transcript__g2')).toBe(position);
    await eventually(
      'the former one is kept level',
      async () => (await world.store.checkpoint('transcript__g1')) === position,
    );

    await rollback('transcript', 1_000, world.store, world.clock.now());
    await eventually('the former one serves', () => host.status[0]?.generation === 'transcript__g1');
    expect(await readModels.page('transcript', { limit: 99, order: 'ascending' })).toHaveLength(20);

    world.time.now = 2_001;
    await eventually('the other one is dropped', async () => (await world.store.service('transcript'))?.kept === null);
    await eventually('its documents too', async () => (await world.store.checkpoint('transcript__g2')) === 0);
    await failureOf(world.store.page('transcript__g2', { limit: 1, order: 'ascending' }));
    await host.reached(await world.post(1));
  });
});
