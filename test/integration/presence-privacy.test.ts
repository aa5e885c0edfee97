import type { ServerFrame } from '../../src/application/protocol/index.js';
import { eventually } from '../support/eventually.js';
import { befriend, ownPresenceOf, sees, seenBy } from '../support/presences.js';
import type { WireClient } from '../support/wire-client.js';
import { World } from '../support/world.js';

const GRACE_MS = 300;
const environment = { PARLEY_LIMIT_PRESENCE_GRACE_MS: String(GRACE_MS), PARLEY_LIMIT_HEARTBEAT_MS: '500' };
const AROUND_THE_CLOCK = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 0 };
/** Pings that each of them must have been sent in a run. */
const PINGS = 3;

describe('what those who may not see a presence are sent', () => {
  let world: World;
  let target: WireClient;
  /** Accepted. */
  let watcher: WireClient;
  /** Everybody else, each in the same group as the target. */
  let outsiders: Readonly<Record<'stranger' | 'pending' | 'declined' | 'revoked', WireClient>>;

  beforeAll(async () => {
    world = await World.start({ environment });
    const [doe, smith, magnum, higgins, murdock, peck] = await Promise.all(
      ['john.doe', 'john.smith', 'thomas.magnum', 'jonathan.higgins', 'hm.murdock', 'templeton.peck'].map((login) =>
        world.client(login),
      ),
    );
    if (!doe || !smith || !magnum || !higgins || !murdock || !peck) throw new Error('somebody is missing');
    target = doe;
    watcher = smith;
    outsiders = { stranger: magnum, pending: higgins, declined: murdock, revoked: peck };
    const everybody = Object.values(outsiders);
    await befriend(watcher, target);
    await befriend(outsiders.revoked, target);
    await target.accepted('roster.revoke-watcher', { user: outsiders.revoked.userId });
    for (const asker of [outsiders.pending, outsiders.declined]) {
      await asker.accepted('roster.add-favorite', { user: target.userId });
      await eventually('asked', () => target.documents.request.has(asker.userId));
    }
    await target.accepted('roster.answer-request', { from: outsiders.declined.userId, accept: false });
    const { conversationId } = await target.accepted('conversation.start-group', {
      with: everybody.map(({ userId }) => userId),
    });
    for (const one of everybody) await one.accepted('conversation.join', { conversationId });
    await target.post(conversationId, 'Hello, all of you');
    for (const one of everybody) await eventually('said', () => one.texts(conversationId).length === 1);
  });
  afterAll(() => world.close());

  /** Every frame that each of the outsiders is sent while this is done, and for some pings more. */
  const sentDuring = async (work: () => Promise<void>): Promise<Record<string, string[]>> => {
    const from = Object.entries(outsiders).map(([role, one]) => ({ role, one, from: one.frames.length }));
    await work();
    const since = from.map(({ one }) => one.frames.length);
    await eventually('pings', () => from.every(({ one }, index) => one.frames.length >= (since[index] ?? 0) + PINGS));
    return Object.fromEntries(
      from.map(({ role, one, from: first }) => [role, one.frames.slice(first).map((frame) => JSON.stringify(frame))]),
    );
  };

  /** What a new connection, and questions about the target, come to; positions aside, which tell how much was ever written. */
  const learned = async (one: WireClient): Promise<string> => {
    const snapshot = await one.freshSnapshot();
    const shown = snapshot.presences.map(({ at: _, doc }) => doc);
    const found = await one.query('people.find', { text: 'john doe' });
    const got = await one.query('people.get', { ids: [target.userId] });
    if (!found.ok || !got.ok) throw new Error('not answered');
    return JSON.stringify({ shown, found: found.result, got: got.result, favorites: snapshot.favorites, people: snapshot.people });
  };

  const cycle = async (look: () => Promise<void>): Promise<void> => {
    const choose = (availability: 'available' | 'busy' | 'away', text: string | null, until: number | null = null) =>
      target.accepted('presence.choose', { availability, text, until });
    for (const availability of ['busy', 'away', 'available'] as const) {
      await choose(availability, `${availability} indeed`);
      await sees(watcher, target, { state: availability, text: `${availability} indeed` });
      await look();
    }
    await choose('busy', 'for a moment', Date.now() + 300);
    await sees(watcher, target, { state: 'busy' });
    await sees(watcher, target, { state: 'available' });
    target.send({ t: 'activity', active: false });
    await sees(watcher, target, { state: 'away' });
    await look();
    target.send({ t: 'activity', active: true });
    await sees(watcher, target, { state: 'available' });
    await target.accepted('desk.set-schedule', {
      schedule: { zone: 'Europe/Paris', workingHours: null, doNotDisturb: [AROUND_THE_CLOCK] },
    });
    await sees(watcher, target, { state: 'busy' });
    await target.accepted('desk.set-schedule', { schedule: null });
    await sees(watcher, target, { state: 'available' });
    await target.drop();
    await sees(watcher, target, { state: 'offline' });
    await look();
    await target.connect();
    await sees(watcher, target, { state: 'available' });
    const elsewhere = await world.client('john.doe');
    await eventually('two sessions', () => ownPresenceOf(target)?.sessions.length === 2);
    await fetch(`${world.url}/api/session`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${elsewhere.session.token}` },
    });
    await eventually('one session', () => ownPresenceOf(target)?.sessions.length === 1);
  };

  it('S14 S16 S73 SEC-11 is the same to the last byte, whether somebody comes and goes or not', async () => {
    const control = await sentDuring(() => Promise.resolve());
    for (const [role, frames] of Object.entries(control)) {
      const [first] = frames;
      // Nothing but pings, and all of them the same.
      expect({ role, frames: [...new Set(frames)] }).toEqual({ role, frames: [first] });
      expect((JSON.parse(first ?? '{}') as ServerFrame).t).toBe('ping');
    }
    const cycled = await sentDuring(() => cycle(() => Promise.resolve()));
    for (const [role, frames] of Object.entries(cycled))
      expect({ role, frames: [...new Set(frames)] }).toEqual({ role, frames: [...new Set(control[role])] });
  }, 60_000);

  it('S14 S53 SEC-11 is the same to whoever asks, or connects anew, in every state', async () => {
    const answers = Object.fromEntries(Object.keys(outsiders).map((role) => [role, new Set<string>()]));
    await cycle(async () => {
      for (const [role, one] of Object.entries(outsiders)) answers[role]?.add(await learned(one));
    });
    for (const [role, different] of Object.entries(answers))
      expect({ role, answers: different.size }).toEqual({ role, answers: 1 });
    // The revoked one still has the favorite, and sees nobody there; the others have no presence at all.
    const { revoked, ...others } = outsiders;
    expect(seenBy(revoked, target)).toEqual({
      user: target.userId,
      state: 'offline',
      text: null,
      until: null,
      since: null,
    });
    for (const one of Object.values(others)) expect(one.documents.presence.size).toBe(0);
  }, 60_000);

  it('S14 SEC-11 nor is it told to whoever comes back with an old position', async () => {
    const { revoked, pending } = outsiders;
    for (const one of [revoked, pending]) {
      await one.drop();
      const from = one.frames.length;
      await target.accepted('presence.choose', {
        availability: 'busy',
        text: `a secret for ${one.userId}`,
        until: null,
      });
      await sees(watcher, target, { state: 'busy', text: `a secret for ${one.userId}` });
      await one.connect();
      expect(one.frames.slice(from).some(({ t }) => t === 'resumed')).toBe(true);
      expect(JSON.stringify(one.frames.slice(from))).not.toMatch(/secret|busy/);
    }
  });

  it('S14 being revoked looks like a going', async () => {
    const bodies = (client: WireClient, from: number) =>
      client.frames.slice(from).flatMap((frame) => (frame.t === 'delta' ? [JSON.stringify(frame.changes)] : []));
    await target.accepted('presence.choose', { availability: 'available', text: null, until: null });
    await sees(watcher, target, { state: 'available', text: null });
    let from = watcher.frames.length;
    await target.drop();
    await sees(watcher, target, { state: 'offline' });
    const going = bodies(watcher, from);
    await target.connect();
    await sees(watcher, target, { state: 'available' });
    from = watcher.frames.length;
    await target.accepted('roster.revoke-watcher', { user: watcher.userId });
    await sees(watcher, target, { state: 'offline' });
    expect(bodies(watcher, from)).toEqual(going);
  });
});
