import { randomUUID } from 'node:crypto';
import type { ActorSystem } from '../../../src/application/actors/actor-system.js';
import type { RecordedEvent } from '../../../src/application/ports/event-log.js';
import { asId, type CommandId, type SessionId, type UserId } from '../../../src/domain/kernel/ids.js';
import type { PresenceCommand } from '../../../src/domain/presence/index.js';
import type { RosterCommand } from '../../../src/domain/roster/index.js';
import { deltasFor, type DeltaPart } from '../../../src/infrastructure/gateway/delta-ring.js';
import { LiveRosters } from '../../../src/infrastructure/gateway/live-rosters.js';
import { PresenceParts } from '../../../src/infrastructure/gateway/presence-parts.js';
import { actorWorld } from '../../support/actor-world.js';
import { someInstant } from '../../support/events.js';

const person = (n: number): UserId => asId<UserId>(`0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a0${n}`);
const [target, watcher, other] = [person(1), person(2), person(3)];
const session = asId<SessionId>('5e55105e-0000-4000-8000-000000000001');
const open: PresenceCommand = { type: 'OpenSession', data: { user: target, session, node: 'a', device: 'computer' } };
const close: PresenceCommand = { type: 'CloseSession', data: { user: target, session, node: 'a' } };
const busy: PresenceCommand = {
  type: 'ChooseAvailability',
  data: { user: target, availability: 'busy', text: null, until: null, device: 'computer' },
};

/** What a live feed would do with rosters and presences, step by step. */
class Rig {
  private readonly world = actorWorld();
  readonly actors: ActorSystem = this.world.node();
  readonly rosters: LiveRosters;
  private readonly parts: PresenceParts;

  constructor(most = 100) {
    this.rosters = new LiveRosters(this.actors, this.world.log, most);
    this.parts = new PresenceParts(this.actors, this.world.log, this.rosters);
  }

  private envelope<C>(command: C) {
    const id = randomUUID();
    return { command, commandId: asId<CommandId>(id), principal: 'system', correlationId: id } as const;
  }

  /** Written, and not followed yet. */
  async presence(command: PresenceCommand): Promise<RecordedEvent> {
    return only(await this.actors.ask('presence', command.data.user, this.envelope(command)));
  }

  async roster(command: RosterCommand): Promise<RecordedEvent> {
    return only(await this.actors.ask('roster', command.data.owner, this.envelope(command)));
  }

  async follow(recorded: RecordedEvent): Promise<readonly DeltaPart[]> {
    if (recorded.stream.startsWith('roster')) this.rosters.apply(recorded);
    return this.parts.of(recorded);
  }

  /** The watcher asks and is accepted; everything is followed. */
  async befriend(asker = watcher, request = 1): Promise<readonly DeltaPart[]> {
    const pair = { owner: target, from: asker };
    await this.follow(await this.roster({ type: 'AddFavorite', data: { owner: asker, user: target } }));
    const received = { ...pair, request, inReturn: false, askedAt: someInstant };
    await this.follow(await this.roster({ type: 'ReceiveRequest', data: received }));
    await this.follow(await this.roster({ type: 'AnswerRequest', data: { ...pair, accept: true, addToo: false } }));
    return this.follow(await this.roster({ type: 'ConfirmFavorite', data: { owner: asker, user: target, request } }));
  }
}

const only = (answer: { kind: string; events?: readonly RecordedEvent[] }): RecordedEvent => {
  const [event] = answer.events ?? [];
  if (!event) throw new Error(`no event: ${answer.kind}`);
  return event;
};
const told = (parts: readonly DeltaPart[]) =>
  parts.map(({ audience, reach, body }) => ({
    to: [...audience],
    here: [...(reach?.() ?? audience)],
    ...(JSON.parse(body) as { view: string; op: string; doc?: { state: string } }),
  }));
const states = (parts: readonly DeltaPart[], user: UserId) =>
  told(parts).flatMap(({ view, to, doc }) =>
    view === 'presence' && to.includes(user) ? [doc?.state ?? 'removed'] : [],
  );
const revoke: RosterCommand = { type: 'RevokeWatcher', data: { owner: target, user: watcher } };

describe('what an event tells of a presence', () => {
  it('S75 goes to the watchers who are connected; the others find it when they come back', async () => {
    const rig = new Rig();
    await rig.befriend(watcher);
    await rig.befriend(other);
    await rig.rosters.enter(watcher, {});
    const parts = told(await rig.follow(await rig.presence(open)));
    expect(parts).toMatchObject([
      { view: 'ownPresence', to: [target] },
      { view: 'presence', to: [watcher, other], here: [watcher], doc: { state: 'available' } },
    ]);
  });

  it('S75 S76 goes to a watcher who came in while it was made ready, and to none who left meanwhile', async () => {
    const rig = new Rig();
    await rig.befriend(watcher);
    await rig.befriend(other);
    const connection = {};
    await rig.rosters.enter(other, connection);
    const parts = await rig.follow(await rig.presence(open));
    await rig.rosters.enter(watcher, {});
    rig.rosters.leave(other, connection);
    const frames = deltasFor({ at: 9, parts, leaver: null });
    expect([...frames.keys()]).toEqual([target, watcher]);
    expect(frames.get(watcher)).toContain('"state":"available"');
  });

  it('S87 is for oneself alone while watchers see nothing new', async () => {
    const rig = new Rig();
    await rig.befriend();
    await rig.follow(await rig.presence(open));
    await rig.follow(await rig.presence(busy));
    const idled = await rig.presence({ type: 'MarkIdle', data: { user: target, session, node: 'a', idle: true } });
    expect(told(await rig.follow(idled)).map(({ view }) => view)).toEqual(['ownPresence']);
  });

  it('S14 ceases for a connection that left, and for who took the star away', async () => {
    const rig = new Rig();
    await rig.befriend();
    const connection = {};
    await rig.rosters.enter(watcher, connection);
    rig.rosters.leave(watcher, connection);
    const opened = told(await rig.follow(await rig.presence(open)));
    expect(opened[1]).toMatchObject({ to: [watcher], here: [] });
    await rig.rosters.enter(watcher, connection);
    await rig.follow(await rig.roster({ type: 'RemoveFavorite', data: { owner: watcher, user: target } }));
    // The target's roster has not heard of it yet.
    expect(told(await rig.follow(await rig.presence(busy)))[1]).toMatchObject({ to: [watcher], here: [] });
  });

  it('S75 comes with the favorite', async () => {
    const rig = new Rig();
    await rig.follow(await rig.presence(open));
    expect(states(await rig.befriend(), watcher)).toEqual(['available']);
  });

  it('S14 S73 is of somebody who is not there, when they took it back before the favorite came about', async () => {
    const rig = new Rig();
    const pair = { owner: target, from: watcher };
    await rig.follow(await rig.presence(open));
    await rig.follow(await rig.roster({ type: 'AddFavorite', data: { owner: watcher, user: target } }));
    await rig.follow(
      await rig.roster({
        type: 'ReceiveRequest',
        data: { ...pair, request: 1, inReturn: false, askedAt: someInstant },
      }),
    );
    await rig.follow(await rig.roster({ type: 'AnswerRequest', data: { ...pair, accept: true, addToo: false } }));
    await rig.follow(await rig.roster(revoke));
    const confirmed = await rig.roster({ type: 'ConfirmFavorite', data: { owner: watcher, user: target, request: 1 } });
    expect(states(await rig.follow(confirmed), watcher)).toEqual(['offline']);
  });
});

describe('being revoked', () => {
  it('S14 is told nobody when the person is not there', async () => {
    const rig = new Rig();
    await rig.befriend();
    await rig.rosters.enter(watcher, {});
    expect(states(await rig.follow(await rig.roster(revoke)), watcher)).toEqual([]);
  });

  it('S14 looks as going does, to the letter', async () => {
    const rig = new Rig();
    await rig.befriend();
    await rig.rosters.enter(watcher, {});
    await rig.follow(await rig.presence(open));
    const going = (await rig.follow(await rig.presence(close))).at(-1)?.body;
    await rig.follow(await rig.presence(open));
    const [revoked] = await rig.follow(await rig.roster(revoke));
    expect(revoked?.body).toBe(going);
    expect([...(revoked?.reach?.() ?? [])]).toEqual([watcher]);
  });

  it('S14 goes by what was seen then, whatever was written since', async () => {
    const there = new Rig();
    await there.befriend();
    await there.follow(await there.presence(open));
    const leaving = await there.roster(revoke);
    await there.presence(close);
    expect(states(await there.follow(leaving), watcher)).toEqual(['offline']);
    const absent = new Rig();
    await absent.befriend();
    const unseen = await absent.roster(revoke);
    await absent.presence(open);
    expect(states(await absent.follow(unseen), watcher)).toEqual([]);
  });

  it('S77 ends with a new yes: the favorite was there all the time', async () => {
    const rig = new Rig();
    await rig.befriend();
    await rig.rosters.enter(watcher, {});
    await rig.follow(await rig.presence(open));
    await rig.follow(await rig.roster(revoke));
    const pair = { owner: target, from: watcher };
    await rig.follow(
      await rig.roster({
        type: 'ReceiveRequest',
        data: { ...pair, request: 2, inReturn: false, askedAt: someInstant },
      }),
    );
    const accepted = await rig.roster({ type: 'AnswerRequest', data: { ...pair, accept: true, addToo: false } });
    expect(states(await rig.follow(accepted), watcher)).toEqual(['available']);
  });
});

describe('rosters that are kept in mind', () => {
  it('learn what is written while they are read, and after they were forgotten', async () => {
    const rig = new Rig(1);
    await rig.befriend(watcher);
    await rig.befriend(other);
    const entering = rig.rosters.enter(watcher, {});
    await rig.follow(await rig.roster({ type: 'RemoveFavorite', data: { owner: watcher, user: target } }));
    await entering;
    expect(rig.rosters.watches(watcher, target)).toBe(false);
    await rig.rosters.enter(other, {});
    expect([...rig.rosters.watchersHere(target)]).toEqual([other]);
    await rig.follow(await rig.roster(revoke));
    expect(states(await rig.follow(await rig.presence(open)), watcher)).toEqual([]);
  });

  it('a person with two connections is there until the last one is gone', async () => {
    const rig = new Rig();
    await rig.befriend();
    const [one, two] = [{}, {}];
    await rig.rosters.enter(watcher, one);
    expect(rig.rosters.enter(watcher, two)).toBeNull();
    rig.rosters.leave(watcher, one);
    expect(rig.rosters.watches(watcher, target)).toBe(true);
    rig.rosters.leave(watcher, two);
    expect(rig.rosters.watchersHere(target).size).toBe(0);
  });

  it('one who is gone before their roster was read leaves nothing behind', async () => {
    const rig = new Rig();
    await rig.befriend();
    const fresh = new LiveRosters(rig.actors, actorWorld().log, 10);
    const connection = {};
    const entering = fresh.enter(watcher, connection);
    fresh.leave(watcher, connection);
    await entering;
    expect(fresh.watchersHere(target).size).toBe(0);
  });
});
