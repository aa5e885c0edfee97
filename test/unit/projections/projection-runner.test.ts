import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { LogUnavailable, type EventLog } from '../../../src/application/ports/event-log.js';
import type { Generation } from '../../../src/application/ports/read-model-store.js';
import { ProjectionHost } from '../../../src/application/read-models/projection-host.js';
import { ReadModels } from '../../../src/application/read-models/read-models.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import {
  ProjectionRunner,
  RUNNER_DEFAULTS,
  type RunnerOptions,
} from '../../../src/projections/runtime/projection-runner.js';
import type { Projection } from '../../../src/projections/runtime/projection.js';
import { tabs } from '../../../src/projections/tabs/tabs.projection.js';
import { transcript } from '../../../src/projections/transcript/transcript.projection.js';
import { eventually } from '../../support/eventually.js';
import { fresh, markerMoved, posted, someStream } from '../../support/events.js';

const generation: Generation = 'transcript__g1';
const table = transcript as unknown as Projection;

/** Read models that count their writes, and fail while they are away. */
class Tapped extends MemoryReadModels {
  readonly batches: number[] = [];
  away = false;
  failures = 0;
  override async apply(...[name, batch, checkpoint]: Parameters<MemoryReadModels['apply']>): Promise<void> {
    if (this.away) {
      this.failures++;
      throw new Error('the store is away');
    }
    this.batches.push(batch.length);
    await super.apply(name, batch, checkpoint);
  }
}

const open = () => {
  const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()));
  const store = new Tapped();
  const stream = someStream();
  const runners: ProjectionRunner[] = [];
  let sequence = 0;
  return {
    log,
    store,
    runners,
    /** Posts so many messages; answers the position of the last. */
    post: async (count: number): Promise<number> => {
      const events = Array.from({ length: count }, () => fresh(posted(stream, ++sequence)));
      const before = sequence - count;
      return (await log.append(stream, events, before === 0 ? 'no-stream' : before - 1)).position;
    },
    run: async (options: Partial<RunnerOptions> = {}, on: EventLog = log): Promise<ProjectionRunner> => {
      const runner = new ProjectionRunner(table, generation, on, store, { ...RUNNER_DEFAULTS, ...options });
      runners.push(runner);
      await runner.start();
      return runner;
    },
    sequences: async () =>
      (await store.page<{ sequence: number }>(generation, { limit: 10_000, order: 'ascending' })).map(
        ({ doc }) => doc.sequence,
      ),
  };
};
/** How far it took events from the log, written or not. */
const seenBy = (runner: ProjectionRunner): number => (runner as unknown as { seen: number }).seen;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

describe('a projection runner', () => {
  let world: ReturnType<typeof open>;
  beforeEach(() => {
    world = open();
  });
  afterEach(async () => {
    await Promise.all(world.runners.map((runner) => runner.stop()));
  });

  it('catches up with what was there and goes on with what comes', async () => {
    await world.post(1_200);
    const runner = await world.run();
    await runner.reached(await world.post(3));
    expect(await world.sequences()).toEqual(upTo(1_203));
    expect(runner.status).toEqual({
      projection: 'transcript',
      generation,
      position: 1_203,
      state: 'running',
      reason: null,
    });
  });

  it('writes many events at once, never more than a batch', async () => {
    const runner = await world.run({ batch: 100 });
    await runner.reached(await world.post(1_000));
    expect(Math.max(...world.store.batches)).toBeLessThanOrEqual(100);
    expect(world.store.batches.length).toBeLessThan(50);
    expect(world.store.batches.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });

  it('lets events wait for company, until somebody needs them', async () => {
    const runner = await world.run({ lingerMs: 60_000 });
    const position = await world.post(5);
    await eventually('the first is seen', () => seenBy(runner) === 1);
    expect(await world.sequences()).toEqual([]);
    await runner.reached(position);
    expect(await world.sequences()).toEqual(upTo(5));
    expect(world.store.batches).toEqual([5]);
  });

  it('writes what waits after the linger time, without being asked', async () => {
    const runner = await world.run({ lingerMs: 5 });
    const position = await world.post(5);
    await eventually('the checkpoint', () => runner.status.position === position);
  });

  it('reached() resolves for a position without events of its categories', async () => {
    const runner = await world.run();
    const { position } = await world.log.append('desk-1', [fresh(markerMoved(1))], 'no-stream');
    await runner.reached(position);
    expect(await world.store.checkpoint(generation)).toBe(position);
    await runner.reached(0);
  });

  it('resumes from the checkpoint, and reads nothing before it again', async () => {
    const first = await world.run();
    await first.reached(await world.post(10));
    await first.stop();
    const position = await world.post(5);
    world.store.batches.length = 0;
    await (await world.run()).reached(position);
    expect(world.store.batches.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(await world.sequences()).toEqual(upTo(15));
  });

  it('R9 lives through a store that is away: says so, and loses nothing when it is back', async () => {
    const runner = await world.run({ retryMs: 60, batch: 4 });
    await runner.reached(await world.post(10));
    world.store.away = true;
    const during = world.post(10);
    await eventually('retrying', () => runner.status.state === 'retrying' && world.store.failures > 1);
    expect(runner.status).toMatchObject({ position: 10, reason: 'the store is away' });
    const position = await world.post(10);
    world.store.away = false;
    await runner.reached(position);
    await during;
    expect(await world.sequences()).toEqual(upTo(30));
    await eventually('running', () => runner.status.state === 'running' && runner.status.reason === null);
  });

  it('R9 lives through a log that is away', async () => {
    let away = true;
    const { log } = world;
    const shaky: EventLog = Object.assign(Object.create(log) as EventLog, {
      follow: (options: Parameters<EventLog['follow']>[0]) => {
        if (away) throw new LogUnavailable('log_unavailable', 'the log is away');
        return log.follow(options);
      },
    });
    const position = await world.post(5);
    const runner = await world.run({ retryMs: 60 }, shaky);
    await eventually('retrying', () => runner.status.state === 'retrying');
    expect(runner.status.reason).toBe('the log is away');
    away = false;
    await runner.reached(position);
    expect(await world.sequences()).toEqual(upTo(5));
  });

  it('stop writes what waits, and is quick in a pause between two tries', async () => {
    const runner = await world.run({ lingerMs: 60_000 });
    await world.post(7);
    await eventually('the first is seen', () => seenBy(runner) === 1);
    await runner.stop();
    expect(await world.sequences()).toEqual(upTo(1));
    expect(await world.store.checkpoint(generation)).toBe(1);

    world.store.away = true;
    await world.post(1);
    const retrying = await world.run({ retryMs: 60_000 });
    await eventually('retrying', () => retrying.status.state === 'retrying');
    const began = performance.now();
    await retrying.stop();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('R13 an event that cannot be projected', () => {
  const poisoned: Projection = {
    ...table,
    name: 'poisoned',
    handlers: {
      ...table.handlers,
      MessagePosted: ((placed: { position: number }) => {
        if (placed.position === 4) throw new Error('no idea');
        return [{ op: 'put', key: String(placed.position), doc: {} }];
      }) as never,
    },
  };

  it('stops its projection before it, with position and reason, while others go on', async () => {
    const world = open();
    const readModels = new ReadModels(world.store);
    const all = [poisoned, table, tabs as unknown as Projection];
    const clock = { now: () => asInstant(Date.now()) };
    const parts = { log: world.log, store: world.store, leases: world.store, clock, node: 'here' };
    const host = new ProjectionHost(all, readModels, parts);
    await host.start();
    const position = await world.post(9);
    await eventually('the others are level', () =>
      host.status.every(({ projection, position: at }) => projection === 'poisoned' || at === position),
    );
    await eventually('stopped', () => host.status[0]?.state === 'stopped');
    expect(host.status[0]).toMatchObject({ projection: 'poisoned', position: 3, reason: 'at position 4: no idea' });
    expect(host.status.slice(1).map(({ state }) => state)).toEqual(['running', 'running']);
    expect(await world.store.page('poisoned__g1', { limit: 9, order: 'ascending' })).toHaveLength(3);
    await host.stop();
  });

  it('stops it although the store was away when it came to write what was before it', async () => {
    const world = open();
    const position = await world.post(9);
    expect(position).toBe(9);
    world.store.away = true;
    const runner = new ProjectionRunner(poisoned, 'poisoned__g1', world.log, world.store, {
      ...RUNNER_DEFAULTS,
      retryMs: 60,
    });
    await runner.start();
    await eventually('a failure', () => world.store.failures > 0);
    world.store.away = false;
    await eventually('stopped', () => runner.status.state === 'stopped' && runner.status.position === 3);
    await runner.stop();
  });
});
