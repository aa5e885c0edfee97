import { AGGREGATES } from '../../../src/application/actors/aggregate.js';
import type { SnapshotStore } from '../../../src/application/ports/snapshot-store.js';
import { streamId } from '../../../src/application/ports/event-log.js';
import { asId, type CommandId, type ConversationId } from '../../../src/domain/kernel/ids.js';
import type { PresenceCommand } from '../../../src/domain/presence/index.js';
import { actorWorld, ask, outcomeOf, post, sequenceOf, start, talk, talkStream } from '../../support/actor-world.js';
import { eventually, gate } from '../../support/eventually.js';
import { ada, nthId } from '../../support/events.js';

const posts = async (world: ReturnType<typeof actorWorld>, options: object, count: number) => {
  const system = world.node(options);
  await ask(system, start());
  for (let n = 0; n < count; n++) await ask(system, post(`m${n}`));
  return system;
};

describe('snapshots', () => {
  it('are made at the given distance, no more often', async () => {
    const world = actorWorld();
    const revisions: number[] = [];
    const keeping: SnapshotStore = {
      load: () => Promise.resolve(null),
      save: (_, { revision }) => Promise.resolve(void revisions.push(revision)),
    };
    const system = world.node({ snapshotEvery: 4 }, { keeping });
    await ask(system, start());
    for (let n = 0; n < 13; n++) await ask(system, post(`m${n}`));
    expect(revisions).toEqual([3, 7, 11]);
  });

  it('save the reading of what is older than them and the window', async () => {
    const world = actorWorld();
    await posts(world, { snapshotEvery: 10 }, 30);
    world.log.reads.length = 0;
    const system = world.node({ snapshotEvery: 10, commandWindow: 5 });
    const { state, revision } = await system.state('conversation', talk);
    expect(world.log.reads).toEqual([29 - 5]);
    expect(revision).toBe(30);
    expect(state).toMatchObject({ kind: 'direct', lastSequence: 30 });
  });

  it('lead to the same state as the events alone', async () => {
    const world = actorWorld();
    await posts(world, { snapshotEvery: 7 }, 25);
    const nothing: SnapshotStore = { load: () => Promise.resolve(null), save: () => Promise.resolve() };
    expect(await world.node().state('conversation', talk)).toEqual(
      await world.node({}, { keeping: nothing }).state('conversation', talk),
    );
  });

  it('of another version are ignored', async () => {
    const world = actorWorld();
    await posts(world, {}, 3);
    await world.snapshots.save(talkStream, { version: 99, revision: 3, state: '{"kind":"unstarted"}' });
    expect(sequenceOf(await ask(world.node(), post('next')))).toBe(4);
  });

  it('are never made of a presence: its own words are nowhere but sealed in the log', async () => {
    const world = actorWorld();
    const system = world.node({ snapshotEvery: 1 });
    const asking = (command: PresenceCommand, id: string) =>
      system.ask('presence', ada, { command, commandId: asId<CommandId>(id), principal: ada, correlationId: id });
    const choice = { user: ada, text: 'at the dentist', until: null, device: 'phone' } as const;
    for (const [n, availability] of (['busy', 'away', 'busy'] as const).entries())
      await asking({ type: 'ChooseAvailability', data: { ...choice, availability } }, nthId(n + 1, 5));
    expect(await world.snapshots.load(streamId('presence', ada))).toBeNull();
    const { state } = await world.node().state('presence', ada);
    expect(state).toMatchObject({ availability: 'busy', text: 'at the dentist' });
  });

  it('that are no JSON any more are ignored', async () => {
    const world = actorWorld();
    await posts(world, {}, 3);
    await world.snapshots.save(talkStream, {
      version: AGGREGATES.conversation.snapshotVersion,
      revision: 3,
      state: '{"kind":',
    });
    expect(sequenceOf(await ask(world.node(), post('next')))).toBe(4);
    expect(world.warnings.length).toBe(1);
  });

  it('newer than the log are ignored: a restored log counts', async () => {
    const world = actorWorld();
    await posts(world, {}, 3);
    const state = JSON.stringify({
      kind: 'direct',
      spans: { [ada]: [{ joinedAt: 0, leftAt: null }] },
      lastSequence: 400,
    });
    for (const revision of [4, 5_000]) {
      await world.snapshots.save(talkStream, { version: AGGREGATES.conversation.snapshotVersion, revision, state });
      expect((await world.node().state('conversation', talk)).state).toMatchObject({ lastSequence: 3 });
    }
    expect(sequenceOf(await ask(world.node(), post('next')))).toBe(4);
  });

  it('may be lost or unreadable at any time: the operator is told, and the log serves', async () => {
    const world = actorWorld();
    await posts(world, {}, 3);
    const away: SnapshotStore = {
      load: () => Promise.reject(new Error('away')),
      save: () => Promise.reject(new Error('away')),
    };
    const system = world.node({ snapshotEvery: 1 }, { keeping: away });
    expect(sequenceOf(await ask(system, post('next')))).toBe(4);
    // Of the load, and of one snapshot after it and one after the append.
    await eventually('three warnings', () => world.warnings.length === 3);
  });
});

describe('eviction', () => {
  const others = Array.from({ length: 6 }, (_, n) => nthId<ConversationId>(n + 10, 2));

  it('keeps no more cells than allowed, and drops the longest unused first', async () => {
    const world = actorWorld();
    const system = world.node({ activeCells: 3 });
    for (const other of others.slice(0, 3)) await ask(system, start(other));
    await ask(system, start(others[0]));
    await ask(system, start(others[3]));
    expect(system.active).toBe(3);
    world.log.reads.length = 0;
    await system.state('conversation', others[0]!);
    expect(world.log.reads).toHaveLength(0);
    await system.state('conversation', others[1]!);
    expect(world.log.reads).toHaveLength(1);
  });

  it('never drops a cell with queued work, and catches up when it is done', async () => {
    const world = actorWorld();
    const system = world.node({ activeCells: 1 });
    const held = gate();
    world.log.beforeAppend = () => held.opened;
    const answers = others.map((other) => ask(system, start(other)));
    const behind = others.map((other) => ask(system, post('behind', undefined, ada, other)));
    expect(system.active).toBe(others.length);
    held.open();
    for (const answer of [...(await Promise.all(answers)), ...(await Promise.all(behind))])
      expect(outcomeOf(answer)).toBe('accepted');
    expect(world.log.reads).toHaveLength(others.length);
    await eventually('one cell', async () => {
      await system.state('conversation', talk);
      return system.active === 1;
    });
  });

  it('never drops a cell that is being loaded', async () => {
    const world = actorWorld();
    const system = world.node({ activeCells: 1 });
    const held = gate();
    world.log.beforeRead = () => held.opened;
    const loads = others.map((other) => system.state('conversation', other));
    expect(system.active).toBe(others.length);
    held.open();
    await Promise.all(loads);
    expect(world.log.reads).toHaveLength(others.length);
  });
});

describe('observe', () => {
  it('keeps an idle cell level with what another node wrote, without a read', async () => {
    const world = actorWorld();
    const [here, there] = [world.node(), world.node()];
    await ask(here, start());
    await ask(there, post('from there'));
    for (const event of await world.stored()) here.observe(event);
    world.log.reads.length = 0;
    expect(await here.state('conversation', talk)).toMatchObject({ revision: 1, state: { lastSequence: 1 } });
    expect(sequenceOf(await ask(here, post('from here')))).toBe(2);
    expect(world.log.reads).toEqual([]);
    expect(world.log.appends).toEqual([1, 1, 1]);
  });

  it('forgets the memory of a cell that missed something', async () => {
    const world = actorWorld();
    const [here, there] = [world.node(), world.node()];
    await ask(here, start());
    for (const text of ['missed', 'seen']) await ask(there, post(text));
    here.observe((await world.stored()).at(-1)!);
    expect(await here.state('conversation', talk)).toMatchObject({ revision: 2, state: { lastSequence: 2 } });
  });

  it('takes nothing twice, and no notice of streams that have no cell', async () => {
    const world = actorWorld();
    const system = world.node();
    await ask(system, start());
    await ask(system, post('one'));
    for (const event of await world.stored()) system.observe(event);
    expect(await system.state('conversation', talk)).toMatchObject({ revision: 1 });
    const stranger = world.node();
    for (const event of await world.stored()) stranger.observe(event);
    expect(stranger.active).toBe(0);
  });

  it('R5 recognises a command that another node carried out', async () => {
    const world = actorWorld();
    const [here, there] = [world.node(), world.node()];
    await ask(here, start());
    const message = post('once');
    await ask(there, message);
    for (const event of await world.stored()) here.observe(event);
    expect(outcomeOf(await ask(here, message))).toBe('duplicate');
    expect(await world.texts()).toEqual(['once']);
  });

  it('does not lose what is told while the cell is being loaded', async () => {
    const world = actorWorld();
    const there = world.node();
    await ask(there, start());
    const read = gate();
    const reading = gate();
    // The read is done, but not handed over, when the other node writes.
    const slow: typeof world.log.read = async function* (stream, after) {
      const events = [];
      for await (const event of world.log.read(stream, after)) events.push(event);
      read.open();
      await reading.opened;
      yield* events;
    };
    const lagging = world.node({}, { on: Object.assign(Object.create(world.log) as typeof world.log, { read: slow }) });
    const loaded = lagging.state('conversation', talk);
    await read.opened;
    await ask(there, post('meanwhile'));
    for (const event of await world.stored()) lagging.observe(event);
    reading.open();
    await loaded;
    expect(await lagging.state('conversation', talk)).toMatchObject({ revision: 1 });
  });
});
