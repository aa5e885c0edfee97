import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { RETENTION_MS } from '../../../src/application/ports/event-retention.js';
import { streamId } from '../../../src/application/ports/event-log.js';
import { rebuild, verify, type RebuildParts } from '../../../src/application/read-models/rebuild.js';
import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { asId, type SessionId, type UserId } from '../../../src/domain/kernel/ids.js';
import { presence, type PresenceCommand, type PresenceState } from '../../../src/domain/presence/index.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { PROJECTIONS } from '../../../src/projections/index.js';
import { ProjectionRunner } from '../../../src/projections/runtime/projection-runner.js';
import { fresh, nthId, posted, someStream } from '../../support/events.js';
import { MovedClock } from '../../support/moved-clock.js';
import { below, pick, seeded } from '../../support/random.js';

const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000);
const DROPPED = Object.keys(RETENTION_MS);
/** Every read model that is made from what can be dropped. */
const TABLES = PROJECTIONS.filter(({ categories }) => categories.some((category) => DROPPED.includes(category)));
const PEOPLE = Array.from({ length: 12 }, (_, n) => nthId<UserId>(n, 6));

const commandOf = (random: () => number, user: UserId): PresenceCommand => {
  const session = { user, session: nthId<SessionId>(below(random, 3), 8), node: `node-${below(random, 2)}` };
  return pick<PresenceCommand>(random, [
    { type: 'OpenSession', data: { ...session, device: 'computer' } },
    { type: 'CloseSession', data: session },
    { type: 'MarkIdle', data: { ...session, idle: below(random, 2) === 0 } },
    { type: 'ExpireSessions', data: { user, node: session.node } },
    {
      type: 'ChooseAvailability',
      data: {
        user,
        availability: pick(random, ['available', 'busy', 'away'] as const),
        text: pick(random, [null, 'at lunch', 'in a meeting']),
        until: null,
        device: 'phone',
      },
    },
  ]);
};

/** A log into which people come, go and choose, as the decider lets them, and in which they talk. */
const install = (random: () => number) => {
  const clock = new MovedClock();
  const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()), 50, undefined, clock);
  const store = new MemoryReadModels();
  const states = new Map<UserId, { state: PresenceState; revision: number }>();
  const stream = someStream();
  let posts = 0;
  const live = async (steps: number, people = PEOPLE): Promise<void> => {
    for (let n = 0; n < steps; n++) {
      const user = pick(random, people);
      const { state, revision } = states.get(user) ?? { state: presence.initialState, revision: -1 };
      const context = { now: clock.now(), principal: asId<never>(user), limits: DEFAULT_LIMITS };
      const decision = presence.decide(commandOf(random, user), state, context);
      if (decision.kind === 'rejected' || decision.events.length === 0) continue;
      const expected = revision < 0 ? 'no-stream' : revision;
      const appended = await log.append(streamId('presence', user), decision.events.map(fresh), expected);
      states.set(user, { state: decision.events.reduce(presence.evolve, state), revision: appended.revision });
      if (n % 5 === 0)
        await log.append(stream, [fresh(posted(stream, posts + 1))], posts++ === 0 ? 'no-stream' : posts - 2);
    }
  };
  const parts: RebuildParts = {
    log,
    store,
    leases: store,
    clock,
    holder: 'the test',
    signal: new AbortController().signal,
    report: () => undefined,
  };
  return { clock, log, store, live, parts };
};

describe('ADR 0006 read models of a log whose old events were dropped', () => {
  it('are made from presence', () => {
    expect(TABLES.map(({ name }) => name)).toEqual(expect.arrayContaining(['own-presence', 'presences']));
  });

  it.each(TABLES.map((table) => [table.name, table] as const))(
    'R17 %s: rebuilt, it is what it is live, and verify says so',
    async (name, table) => {
      const { clock, log, store, live, parts } = install(seeded(SEED));
      const runner = new ProjectionRunner(table, `${name}__g1`, log, store, {
        lingerMs: 1,
        idleMs: 1,
        batch: 7,
        retryMs: 50,
      });
      await runner.start();
      try {
        await live(300);
        clock.passDays(25);
        // Half of them never come back.
        await live(150, PEOPLE.slice(0, 6));
        clock.passDays(10);
        expect(await log.prune()).toBeGreaterThan(50);
        await live(60, PEOPLE.slice(0, 4));
        await log.prune();
        await runner.reached(await log.head());
        const verified = await verify(table, parts);
        expect(verified.verification).toMatchObject({ differing: 0, documents: PEOPLE.length });
        const rebuilt = await rebuild(table, { mode: 'new', promote: false, keepMs: 1_000 }, parts);
        expect(rebuilt.verification).toMatchObject({ differing: 0, documents: PEOPLE.length });
        const all = { limit: 1_000, order: 'ascending' } as const;
        const rows = await store.page(`${name}__g1`, all);
        expect(rows).toHaveLength(PEOPLE.length);
        expect(await store.page(rebuilt.generation, all)).toEqual(rows);
      } catch (error) {
        throw new Error(`seed ${SEED}`, { cause: error });
      } finally {
        await runner.stop();
      }
    },
  );
});
