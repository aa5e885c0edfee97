import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import type { Generation } from '../../../src/application/ports/read-model-store.js';
import { LeaseHeld } from '../../../src/application/read-models/held-lease.js';
import {
  buildLease,
  discard,
  promote,
  rebuild,
  RebuildRefused,
  rollback,
  verify,
  type RebuildAim,
  type RebuildParts,
  type RebuildProgress,
} from '../../../src/application/read-models/rebuild.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { BuildInterrupted } from '../../../src/projections/runtime/generation-builder.js';
import { ProjectionRunner } from '../../../src/projections/runtime/projection-runner.js';
import type { Projection } from '../../../src/projections/runtime/projection.js';
import { messageKey } from '../../../src/projections/transcript/transcript.model.js';
import { transcript } from '../../../src/projections/transcript/transcript.projection.js';
import { failureOf } from '../../support/eventually.js';
import { fresh, posted, someStream } from '../../support/events.js';

const table = transcript as unknown as Projection;
const serving: Generation = 'transcript__g1';
const switching: RebuildAim = { mode: 'new', promote: true, keepMs: 1_000 };

const open = () => {
  const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()));
  const store = new MemoryReadModels();
  const stream = someStream();
  const conversation = stream.slice('conversation-'.length);
  let sequence = 0;
  const time = { now: 5_000 };
  const post = async (count: number): Promise<number> => {
    const events = Array.from({ length: count }, () => fresh(posted(stream, ++sequence)));
    const before = sequence - count;
    return (await log.append(stream, events, before === 0 ? 'no-stream' : before - 1)).position;
  };
  const interruption = new AbortController();
  const reports: RebuildProgress[] = [];
  const parts: RebuildParts = {
    log,
    store,
    leases: store,
    clock: { now: () => asInstant(time.now) },
    holder: 'the test',
    signal: interruption.signal,
    report: (progress) => reports.push(progress),
  };
  return { log, store, stream, conversation, post, time, parts, reports, interruption };
};

/** Follows the log into the serving generation, as a server does. */
const live = async ({ log, store }: ReturnType<typeof open>): Promise<ProjectionRunner> => {
  const runner = new ProjectionRunner(table, serving, log, store, { lingerMs: 1, idleMs: 1, batch: 10, retryMs: 50 });
  await runner.start();
  return runner;
};

const rows = async (store: MemoryReadModels, generation: Generation) =>
  store.page(generation, { limit: 100_000, order: 'ascending' });

describe('a rebuild', () => {
  let world: ReturnType<typeof open>;
  beforeEach(() => {
    world = open();
  });

  it('builds the same documents, switches, and keeps the former generation for a rollback of one write', async () => {
    const position = await world.post(50);
    const done = await rebuild(table, switching, world.parts);
    expect(done).toMatchObject({
      generation: 'transcript__g2',
      events: 50,
      verification: { position, documents: 50, partitions: 1, differences: [], differing: 0 },
      promoted: true,
      service: { serving: 2, kept: { number: 1, until: 6_000 }, candidate: null, last: 2 },
    });
    expect(await rows(world.store, 'transcript__g2')).toEqual(await rows(world.store, serving));
    const back = await rollback('transcript', 500, world.store, asInstant(5_100));
    expect(back).toMatchObject({ serving: 1, kept: { number: 2, until: 5_600 } });
    expect(await world.store.service('transcript')).toEqual(back);
  });

  it('is equal to the live generation while people go on posting into it', async () => {
    await world.post(300);
    const runner = await live(world);
    const ending = new AbortController();
    const people = (async () => {
      while (!ending.signal.aborted) {
        await world.post(3);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const results = [];
    for (let round = 0; round < 3; round++) results.push(await verify(table, world.parts));
    const done = await rebuild(table, switching, world.parts);
    ending.abort();
    await people;
    await runner.stop();
    for (const { verification } of [...results, done])
      expect(verification).toMatchObject({ differing: 0, differences: [] });
    expect(done.verification?.documents).toBeGreaterThan(300);
    expect(done.promoted).toBe(true);
  });

  it('stays beside a serving generation that differs, names each row, and serves when it is promoted', async () => {
    const position = await world.post(9);
    await (await live(world)).reached(position);
    const key = (sequence: number): string => messageKey(world.conversation, sequence);
    await world.store.apply(
      serving,
      [
        { at: 4, changes: [{ op: 'patch', key: key(4), set: { text: 'forged' } }] },
        { at: 7, changes: [{ op: 'remove', key: key(7) }] },
        { at: 9, changes: [{ op: 'put', key: 'other/1', doc: { n: 1 } }] },
      ],
      position,
    );
    const differences = [
      { key: key(4), kind: 'different' },
      { key: key(7), kind: 'missing' },
      { key: 'other/1', kind: 'extra' },
    ].sort((one, other) => (one.key < other.key ? -1 : 1));
    const checked = await verify(table, world.parts);
    expect(checked.verification).toMatchObject({ differing: 3, differences });
    expect(await world.store.service('transcript')).toMatchObject({ serving: 1, candidate: null });
    await failureOf(world.store.page(checked.generation, { limit: 1, order: 'ascending' }));

    const built = await rebuild(table, switching, world.parts);
    expect(built).toMatchObject({
      promoted: false,
      verification: { differing: 3, differences },
      service: { serving: 1, candidate: { number: 3, state: 'differs' } },
    });
    expect(await promote('transcript', 1_000, world.store, asInstant(5_000))).toMatchObject({
      serving: 3,
      kept: { number: 1 },
      candidate: null,
    });
    expect((await verify(table, world.parts)).verification).toMatchObject({ differing: 0 });
  });

  it('sees a difference in position alone, and none in the order of fields', async () => {
    const position = await world.post(3);
    await (await live(world)).reached(position);
    const [first, second, third] = await rows(world.store, serving);
    const turned = Object.fromEntries(Object.entries(first?.doc ?? {}).reverse());
    await world.store.apply(
      serving,
      [
        { at: 1, changes: [{ op: 'put', key: first?.key ?? '', doc: turned }] },
        { at: 3, changes: [{ op: 'put', key: second?.key ?? '', doc: second?.doc ?? {} }] },
      ],
      position,
    );
    expect(third).toBeDefined();
    expect((await verify(table, world.parts)).verification?.differences).toEqual([
      { key: second?.key, kind: 'different' },
    ]);
  });

  it('R17 keeps what it built when it is interrupted, leaves the live one served, and goes on from there', async () => {
    await world.post(12_000);
    world.interruption.abort();
    await failureOf(rebuild(table, switching, world.parts));
    expect(await world.store.service('transcript')).toMatchObject({
      serving: 1,
      candidate: { number: 2, state: 'building' },
    });
    const parts = { ...world.parts, signal: new AbortController().signal };

    const halfway = new AbortController();
    const report = ({ position }: RebuildProgress): void => {
      if (position > 5_000) halfway.abort();
    };
    const resumed = rebuild(table, { ...switching, mode: 'resume' }, { ...parts, signal: halfway.signal, report });
    expect(await failureOf(resumed)).toBeInstanceOf(BuildInterrupted);
    const saved = await world.store.checkpoint('transcript__g2');
    expect(saved).toBeGreaterThanOrEqual(5_000);
    expect(saved).toBeLessThan(12_000);

    expect(await failureOf(rebuild(table, switching, parts))).toBeInstanceOf(RebuildRefused);
    const done = await rebuild(table, { ...switching, mode: 'resume' }, parts);
    expect(done).toMatchObject({ generation: 'transcript__g2', events: 12_000 - saved, promoted: true });
    expect(done.verification).toMatchObject({ documents: 12_000, differing: 0 });
  });

  it('drops what was unfinished when it begins anew, and what a killed process left behind', async () => {
    await world.post(10);
    world.interruption.abort();
    await failureOf(rebuild(table, switching, world.parts));
    const parts = { ...world.parts, signal: new AbortController().signal };
    const done = await rebuild(table, { ...switching, mode: 'anew' }, parts);
    expect(done.generation).toBe('transcript__g3');
    await failureOf(world.store.page('transcript__g2', { limit: 1, order: 'ascending' }));

    // A verification that was killed: it took a number, and never dropped it.
    const service = done.service;
    await world.store.changeService('transcript', { ...service, revision: service.revision + 1, last: 4 });
    await world.store.prepare('transcript__g4');
    expect((await rebuild(table, switching, parts)).generation).toBe('transcript__g5');
    await failureOf(world.store.page('transcript__g4', { limit: 1, order: 'ascending' }));
  });

  it('is one at a time: the second is told who does it', async () => {
    await world.post(10);
    const lease = {
      name: buildLease('transcript'),
      holder: 'somebody',
      now: asInstant(5_000),
      until: asInstant(9_000),
    };
    await world.store.take({ ...lease, note: '' });
    const failure = await failureOf(rebuild(table, switching, world.parts));
    expect(failure).toBeInstanceOf(LeaseHeld);
    expect((failure as LeaseHeld).holder).toBe('somebody');
    expect(await world.store.service('transcript')).toBeNull();
    world.time.now = 9_000;
    expect((await rebuild(table, switching, world.parts)).promoted).toBe(true);
    expect((await world.store.leases('build:'))[0]).toMatchObject({ holder: 'the test', until: 0 });
  });

  it('never serves what it was told to hold back', async () => {
    await world.post(10);
    const done = await rebuild(table, { ...switching, promote: false }, world.parts);
    expect(done.service).toMatchObject({ serving: 1, candidate: { number: 2, state: 'verified' } });
    await discard('transcript', world.parts);
    await failureOf(world.store.page('transcript__g2', { limit: 1, order: 'ascending' }));
    expect(await failureOf(discard('transcript', world.parts))).toBeInstanceOf(RebuildRefused);
    expect(await failureOf(promote('transcript', 1, world.store, asInstant(0)))).toBeInstanceOf(RebuildRefused);
    expect(await failureOf(rollback('transcript', 1, world.store, asInstant(0)))).toBeInstanceOf(RebuildRefused);
  });

  it('does not undo a rollback that was made while it compared', async () => {
    await world.post(20);
    await rebuild(table, switching, world.parts);
    let rolled = false;
    const report = ({ stage }: RebuildProgress): void => {
      if (stage !== 'comparing' || rolled) return;
      rolled = true;
      void rollback('transcript', 1_000, world.store, asInstant(5_000));
    };
    const done = await rebuild(table, switching, { ...world.parts, report });
    expect(rolled).toBe(true);
    expect(done).toMatchObject({
      promoted: false,
      verification: { differing: 0 },
      service: { serving: 1, candidate: { number: 3, state: 'verified' } },
    });
  });

  it('switches nothing when it is interrupted while it compares', async () => {
    await world.post(20);
    const ending = new AbortController();
    const report = ({ stage }: RebuildProgress): void => {
      if (stage === 'comparing') ending.abort();
    };
    const parts = { ...world.parts, signal: ending.signal, report };
    expect(await failureOf(rebuild(table, switching, parts))).toBeInstanceOf(BuildInterrupted);
    expect(await world.store.service('transcript')).toMatchObject({ serving: 1, candidate: { state: 'building' } });
  });

  it('says where it is, in a log that grows', async () => {
    await world.post(11_000);
    await rebuild(table, switching, world.parts);
    const building = world.reports.filter(({ stage }) => stage === 'building');
    expect(building.map(({ position }) => position)).toEqual(
      [...building.map(({ position }) => position)].sort((a, b) => a - b),
    );
    expect(building.at(-1)).toMatchObject({ generation: 'transcript__g2', position: 11_000, head: 11_000 });
    expect(world.reports.at(-1)).toMatchObject({ stage: 'comparing', documents: 11_000 });
  });
});
