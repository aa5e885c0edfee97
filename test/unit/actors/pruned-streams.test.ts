import { randomUUID } from 'node:crypto';
import { ActorSystem, ACTOR_SYSTEM_DEFAULTS } from '../../../src/application/actors/actor-system.js';
import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { streamId } from '../../../src/application/ports/event-log.js';
import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { asId, type CommandId, type SessionId } from '../../../src/domain/kernel/ids.js';
import type { PresenceCommand, PresenceResult } from '../../../src/domain/presence/index.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { allOf } from '../../support/eventually.js';
import { ada, nthId } from '../../support/events.js';
import { MovedClock } from '../../support/moved-clock.js';

const stream = streamId('presence', ada);

const install = (snapshotEvery: number) => {
  const clock = new MovedClock();
  const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()), 10, undefined, clock);
  const snapshots = new MemoryReadModels();
  const warnings: string[] = [];
  const node = (): ActorSystem =>
    new ActorSystem(
      {
        log,
        snapshots,
        clock,
        limits: DEFAULT_LIMITS,
        node: 'test',
        random: Math.random,
        warn: (message) => warnings.push(message),
      },
      { ...ACTOR_SYSTEM_DEFAULTS, snapshotEvery, commandWindow: 3 },
    );
  const ask = (system: ActorSystem, command: PresenceCommand, id: string = randomUUID()) =>
    system.ask('presence', ada, { command, commandId: asId<CommandId>(id), principal: ada, correlationId: id });
  return { clock, log, snapshots, warnings, node, ask };
};

const choose = (text: string): PresenceCommand => ({
  type: 'ChooseAvailability',
  data: { user: ada, availability: 'busy', text, until: null, device: 'computer' },
});
const open = (n: number): PresenceCommand => ({
  type: 'OpenSession',
  data: { user: ada, session: nthId<SessionId>(n, 8), node: 'test', device: 'computer' },
});

describe('ADR 0006 a cell of a stream whose old events were dropped', () => {
  it.each([
    ['without snapshots', 1_000],
    ['with a snapshot of what is gone', 4],
  ])('goes on from the last event, %s', async (_, snapshotEvery) => {
    const { clock, log, warnings, node, ask } = install(snapshotEvery);
    const first = node();
    for (let n = 0; n < 9; n++) expect((await ask(first, choose(`text ${n}`))).kind).toBe('accepted');
    const { revision } = (await allOf(log.read(stream))).at(-1)!;
    clock.passDays(50);
    expect(await log.prune()).toBe(revision);

    const second = node();
    const answer = await ask(second, open(1));
    expect(answer.kind).toBe('accepted');
    const [event] = answer.kind === 'accepted' ? answer.events : [];
    expect(event?.revision).toBe(revision + 1);
    expect(event?.event.data as PresenceResult).toMatchObject({ availability: 'busy', text: 'text 8' });
    // The one that was there all the time knows it too.
    const known = await ask(first, choose('text 9'));
    expect(known.kind).toBe('accepted');
    const read = await allOf(log.read(stream));
    expect(read.at(-1)?.event.data as PresenceResult).toMatchObject({ text: 'text 9', sessions: [{ node: 'test' }] });
    expect(read.map((one) => one.revision)).toEqual(read.map((_one, n) => revision + n));
    expect(warnings).toEqual([]);
  });

  it('R5 knows the commands of what is left, and decides anew on one that is long gone', async () => {
    const { clock, log, node, ask } = install(1_000);
    const system = node();
    const [old, last] = [randomUUID(), randomUUID()];
    await ask(system, choose('old'), old);
    await ask(system, choose('last'), last);
    clock.passDays(50);
    await log.prune();
    const again = await ask(system, choose('last'), last);
    expect(again).toMatchObject({ kind: 'accepted', duplicate: true });
    const anew = await ask(system, choose('old'), old);
    expect(anew).toMatchObject({ kind: 'accepted', duplicate: false });
    expect((await allOf(log.read(stream))).at(-1)?.event.data as PresenceResult).toMatchObject({ text: 'old' });
  });
});
