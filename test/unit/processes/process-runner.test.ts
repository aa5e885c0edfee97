import { randomUUID } from 'node:crypto';
import { ActorSystem } from '../../../src/application/actors/actor-system.js';
import type { Answer, Envelope } from '../../../src/application/actors/answer.js';
import { uuidv5 } from '../../../src/application/actors/uuid.js';
import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { LogUnavailable, streamId, type RecordedEvent } from '../../../src/application/ports/event-log.js';
import { favoriteRequests } from '../../../src/application/processes/favorite-requests.process.js';
import {
  processLease,
  ProcessRunner,
  type ProcessActors,
  type ProcessParts,
} from '../../../src/application/processes/process-runner.js';
import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { asId, type CommandId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import type { RosterCommand, RosterEvent, RosterRejection } from '../../../src/domain/roster/index.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { eventually } from '../../support/eventually.js';
import { ada, bob } from '../../support/events.js';
import { rosterEventsIn, typesOf } from '../../support/rosters.js';

/** `ActorSystem.ask` of a roster. */
type Ask = (
  category: 'roster',
  of: string,
  envelope: Envelope<RosterCommand>,
) => Promise<Answer<RosterEvent, RosterRejection>>;
type Cells = { readonly ask: Ask };

const clock = { now: () => asInstant(Date.now()) };
const limits = { ...DEFAULT_LIMITS, resendMs: 0 };
const options = { firstPauseMs: 1, longestPauseMs: 5, standByMs: 5 };
const CHECKPOINT = streamId('roster', processLease('favorite-requests'));

const worldOf = () => {
  const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()));
  const store = new MemoryReadModels();
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const actors = () =>
    new ActorSystem({ log, snapshots: store, clock, limits, node: 'test', random: () => 0, warn: () => undefined });
  const running: ProcessRunner<'roster'>[] = [];
  const people = actors();
  return {
    log,
    store,
    warnings,
    begin(parts: Partial<ProcessParts> = {}): ProcessRunner<'roster'> {
      const node = randomUUID();
      const given = { log, actors, snapshots: store, leases: store, clock, node, warn, options, ...parts };
      const runner = new ProcessRunner(favoriteRequests, given);
      runner.start();
      running.push(runner);
      return runner;
    },
    actors,
    async does(owner: typeof ada, command: RosterCommand, id: string = randomUUID()): Promise<void> {
      const answer = await people.ask('roster', owner, {
        command,
        commandId: asId<CommandId>(id),
        principal: owner,
        correlationId: id,
      });
      expect(answer.kind).toBe('accepted');
    },
    events: () => rosterEventsIn(log),
    end: () => Promise.all(running.map((runner) => runner.stop())),
  };
};

const star: RosterCommand = { type: 'AddFavorite', data: { owner: ada, user: bob } };
const unstar: RosterCommand = { type: 'RemoveFavorite', data: { owner: ada, user: bob } };
const yes: RosterCommand = { type: 'AnswerRequest', data: { owner: bob, from: ada, accept: true, addToo: true } };
const MUTUAL = [
  'FavoriteRequested',
  'RequestReceived',
  'RequestAccepted',
  'FavoriteRequested',
  'FavoriteAccepted',
  'RequestAccepted',
  'FavoriteAccepted',
];

describe('the runner of a process', () => {
  let world: ReturnType<typeof worldOf>;
  beforeEach(() => (world = worldOf()));
  afterEach(() => world.end());

  const comes = (count: number) => eventually('the events', async () => (await world.events()).length >= count);
  const saved = async (): Promise<number> => (await world.store.load(CHECKPOINT))?.revision ?? 0;
  /** What it had to ask for the event at the position, and before, was answered. */
  const done = (position: number) => eventually('the checkpoint', async () => (await saved()) >= position);
  const ASKS = ['FavoriteRequested', 'RequestAccepted', 'FavoriteRemoved'];
  /** In a log that has nothing else, positions count from 1. */
  const lastAsking = async () => typesOf(await world.events()).findLastIndex((type) => ASKS.includes(type)) + 1;
  /** Cells of the process that somebody else asks in its place. */
  const asking = (ask: (cells: Cells, ...given: Parameters<Ask>) => ReturnType<Ask>) => () => {
    const actors = world.actors();
    return {
      observe: (recorded: RecordedEvent) => {
        actors.observe(recorded);
      },
      ask: ((...given: Parameters<Ask>) => ask(actors, ...given)) as ProcessActors['ask'],
    };
  };

  it('S74 S75 S78 takes a request across, the yes back, and the other one’s request in return', async () => {
    world.begin();
    await world.does(ada, star);
    await comes(2);
    await world.does(bob, yes);
    await comes(MUTUAL.length);
    expect(typesOf(await world.events()).sort()).toEqual([...MUTUAL].sort());
    expect(world.warnings).toEqual([]);
  });

  it('S74 does what happened before it began, too', async () => {
    await world.does(ada, star);
    await world.does(ada, unstar);
    world.begin();
    await comes(4);
    expect(typesOf(await world.events()).slice(2)).toEqual(['RequestReceived', 'RequestWithdrawn']);
  });

  it('S74 names event and outside impulse in what follows, and the same command every time', async () => {
    const impulse = randomUUID();
    world.begin();
    await world.does(ada, star, impulse);
    await comes(2);
    const recorded: RecordedEvent[] = [];
    for (const owner of [ada, bob])
      for await (const one of world.log.read(streamId('roster', owner))) recorded.push(one);
    const [asked, received] = recorded;
    expect(received?.metadata).toEqual({
      commandId: uuidv5(asked?.id ?? '', 'favorite-requests'),
      causationId: asked?.id,
      correlationId: impulse,
      principal: 'system',
      node: 'test',
    });
  });

  it('S74 asks again until it is answered, and keeps its place until then', async () => {
    const refusals = ['busy', 'log-unavailable', 'store-full', 'busy', 'internal'] as const;
    const places: number[] = [];
    const ids = new Set<string>();
    let asked = 0;
    const actors = asking(async (cells, category, of, envelope) => {
      places.push(await saved());
      ids.add(envelope.commandId);
      const refusal = refusals[asked++];
      return refusal ? ({ kind: 'refused', refusal } as const) : cells.ask(category, of, envelope);
    });
    world.begin({ actors });
    await world.does(ada, star);
    await comes(2);
    await done(1);
    expect([asked, ids.size]).toEqual([refusals.length + 1, 1]);
    expect(places.every((place) => place < 1)).toBe(true);
    expect(world.warnings).toEqual([]);
  });

  it.each([
    ['a rule that says no', { kind: 'rejected', rejection: 'with-oneself' }, 1, 'with-oneself'],
    ['a command id of something else', { kind: 'refused', refusal: 'id-reused' }, 1, 'id-reused'],
    ['a defect that stays', { kind: 'refused', refusal: 'internal' }, 5, 'internal'],
  ] as const)('S74 %s stops nobody else’s request', async (_, answer, times, word) => {
    let asked = 0;
    const actors = asking((cells, category, of, envelope) => {
      if (of !== bob) return cells.ask(category, of, envelope);
      asked++;
      return Promise.resolve(answer);
    });
    world.begin({ actors });
    await world.does(ada, star);
    await world.does(bob, { type: 'AddFavorite', data: { owner: bob, user: ada } });
    await comes(3);
    expect(typesOf(await world.events())).toEqual(['FavoriteRequested', 'FavoriteRequested', 'RequestReceived']);
    expect(asked).toBe(times);
    expect(world.warnings).toEqual([expect.stringContaining(word)]);
  });

  it('S74 waits for a log that is away, and says so once', async () => {
    let away = true;
    let tried = 0;
    const log = {
      head: () => world.log.head(),
      follow: (how: Parameters<typeof world.log.follow>[0]) => {
        tried++;
        if (away) throw new LogUnavailable('log_unavailable', 'the log is away');
        return world.log.follow(how);
      },
    };
    world.begin({ log: log as unknown as ProcessParts['log'] });
    await world.does(ada, star);
    await eventually('three tries', () => tried >= 3);
    away = false;
    await comes(2);
    expect(world.warnings).toEqual(['process favorite-requests waits']);
  });

  it('S74 is done by one node at a time; when that stops, another one goes on', async () => {
    const who: string[] = [];
    const counted = (name: string) =>
      asking((cells, ...given) => {
        who.push(name);
        return cells.ask(...given);
      });
    const first = world.begin({ actors: counted('first'), node: 'first' });
    await eventually('the lease', async () => (await world.store.leases('process:')).length === 1);
    world.begin({ actors: counted('second'), node: 'second' });
    await world.does(ada, star);
    await comes(2);
    await done(1);
    await first.stop();
    await world.does(ada, unstar);
    await comes(4);
    expect(who).toEqual(['first', 'second']);
  });

  it('S74 two that work at once, each for itself, do no harm', async () => {
    for (let n = 0; n < 2; n++) world.begin({ leases: new MemoryReadModels() });
    await world.does(ada, star);
    await comes(2);
    await world.does(bob, yes);
    await comes(MUTUAL.length);
    await done(await lastAsking());
    await world.end();
    expect(typesOf(await world.events()).sort()).toEqual([...MUTUAL].sort());
  });

  it('S74 a checkpoint that is lost, or of a log that was longer, has everything looked at once more and nothing done', async () => {
    const first = world.begin();
    await world.does(ada, star);
    await comes(2);
    await world.does(bob, yes);
    await comes(MUTUAL.length);
    await done(await lastAsking());
    await first.stop();
    for (const revision of [null, 1_000]) {
      const snapshots = new MemoryReadModels();
      if (revision !== null) await snapshots.save(CHECKPOINT, { version: 1, revision, state: 'null' });
      let asked = 0;
      const actors = asking((cells, ...given) => {
        asked++;
        return cells.ask(...given);
      });
      const again = world.begin({ snapshots, actors });
      await eventually('all of it', () => asked === 4);
      await again.stop();
    }
    expect(typesOf(await world.events()).sort()).toEqual([...MUTUAL].sort());
  });

  it('goes on behind its checkpoint, and asks nothing that is done', async () => {
    const first = world.begin();
    await world.does(ada, star);
    await comes(2);
    await done(1);
    await first.stop();
    const asked: string[] = [];
    const actors = asking((cells, category, of, envelope) => {
      asked.push(envelope.command.type);
      return cells.ask(category, of, envelope);
    });
    world.begin({ actors });
    await world.does(ada, unstar);
    await comes(4);
    expect(asked).toEqual(['WithdrawRequest']);
  });
});

/** Every call that a runner makes of its surroundings, in order; from the given one on nothing gets through, as when its process was killed. */
const killedAt = (parts: Pick<ProcessParts, 'log' | 'actors' | 'snapshots' | 'leases'>, step: number) => {
  let steps = 0;
  let kill: () => void = () => undefined;
  const killed = new Promise<void>((resolve) => (kill = resolve));
  const stepOn = (): void => {
    if (++steps < step) return;
    kill();
    throw new Error('killed');
  };
  /** Before and after each call: the one leaves it undone, the other done and not known. */
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    stepOn();
    const result = await call();
    stepOn();
    return result;
  };
  const { log, actors, snapshots, leases } = parts;
  async function* follow(how: Parameters<typeof log.follow>[0]) {
    for await (const signal of log.follow(how)) {
      if (signal.kind === 'event') stepOn();
      yield signal;
    }
  }
  return {
    killed,
    parts: {
      log: { ...log, head: () => through(() => log.head()), follow } as unknown as ProcessParts['log'],
      actors: () => {
        const cells = actors();
        return {
          observe: (recorded: RecordedEvent) => {
            cells.observe(recorded);
          },
          ask: ((...given: Parameters<Ask>) => through(() => cells.ask(...given))) as ProcessActors['ask'],
        };
      },
      snapshots: {
        load: (stream) => through(() => snapshots.load(stream)),
        save: (stream, snapshot) => through(() => snapshots.save(stream, snapshot)),
      } satisfies ProcessParts['snapshots'],
      leases,
    },
  };
};

/** Of one that is left alone until everything is done: 2 of beginning, 7 events, 4 intents, each asked and its checkpoint saved, 2 of its end. */
const STEPS = 2 + 7 + 4 * 4 + 2;

describe('a runner that is killed at any step of it', () => {
  it.each(Array.from({ length: STEPS }, (_, n) => n + 1))(
    'S74 S75 step %i: each message arrives, and once',
    async (step) => {
      const world = worldOf();
      const own = { log: world.log, actors: world.actors, snapshots: world.store, leases: world.store };
      const { killed, parts } = killedAt(own, step);
      const doomed = world.begin(parts);
      let over = false;
      const burial = killed.then(async () => {
        await doomed.stop();
        if (!over) world.begin();
      });
      await world.does(ada, star);
      await eventually('the card', async () => (await world.events()).length >= 2);
      await world.does(bob, yes);
      await eventually('all', async () => (await world.events()).length >= MUTUAL.length);
      // Four intents, the last one of event 6.
      await eventually('the checkpoint', async () => ((await world.store.load(CHECKPOINT))?.revision ?? 0) >= 6);
      over = true;
      await world.end();
      // Also of those that were killed while they stopped.
      await burial;
      await world.end();
      expect(typesOf(await world.events()).sort()).toEqual([...MUTUAL].sort());
    },
  );
});
