import type { Schedule } from '../../src/application/protocol/index.js';
import { eventually } from '../support/eventually.js';
import { befriend, ownPresenceOf, seenBy, sees, statesSentTo } from '../support/presences.js';
import { tempFolder } from '../support/temp-folder.js';
import type { WireClient } from '../support/wire-client.js';
import { ENGINES, World } from '../support/world.js';

const GRACE_MS = 400;
const environment = { PARLEY_LIMIT_PRESENCE_GRACE_MS: String(GRACE_MS), PARLEY_LIMIT_RESEND_MS: '1' };
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148';

/** The name of the node that somebody is connected to. */
const nodeOf = (client: WireClient): string =>
  client.frames.flatMap((frame) => (frame.t === 'welcome' ? [frame.node] : [])).at(-1) ?? '';

/** Around the clock, so that no test depends on the time of day. */
const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 0 };
const quiet: Schedule = { zone: 'Europe/Paris', workingHours: null, doNotDisturb: [ALWAYS] };

describe.each(ENGINES)('presence, on the %s engine', (engine) => {
  let world: World;
  let doe: WireClient;
  let smith: WireClient;

  beforeEach(async () => {
    world = await World.start({ engine, environment });
    [doe, smith] = await Promise.all([world.client('john.doe'), world.client('john.smith')]);
    await befriend(smith, doe);
  });
  afterEach(() => world.close());

  it('S75 S89 who accepted is seen at once, as Available without having chosen anything', () => {
    expect(seenBy(smith, doe)).toEqual({
      user: doe.userId,
      state: 'available',
      text: null,
      until: null,
      since: expect.any(Number) as number,
    });
    const accepted = smith.frames.find(
      (frame) => frame.t === 'delta' && frame.changes.some(({ view }) => view === 'presence'),
    );
    // In one delta with the favorite: there is no moment at which one is there without the other.
    expect(accepted).toMatchObject({ changes: [{ view: 'favorite' }, { view: 'presence', op: 'put' }] });
    expect(ownPresenceOf(doe)).toMatchObject({ state: 'available', reason: 'default', chosen: { at: null } });
    // One way only: nobody asked for the other one.
    expect(doe.documents.presence.size).toBe(0);
  });

  it.each(['available', 'busy', 'away'] as const)(
    'S87 S90 S91 S92 S93 S94 S95 %s is seen live with its words, and messages are delivered',
    async (availability) => {
      const conversation = await smith.start(doe.userId);
      await doe.accepted('presence.choose', { availability, text: "I'm out\n of office <b>", until: null });
      await sees(smith, doe, { state: availability, text: "I'm out of office <b>" }, 2_000);
      expect(ownPresenceOf(doe)).toMatchObject({
        state: availability,
        reason: 'chosen',
        text: "I'm out of office <b>",
      });
      await smith.post(conversation, 'Are you there?');
      await eventually('delivered', () => doe.texts(conversation).includes('Are you there?'));
      await doe.accepted('presence.choose', { availability, text: '   ', until: null });
      await sees(smith, doe, { state: availability, text: null });
    },
  );

  it('S94 refuses words that are too long and ends that are past, and keeps what was', async () => {
    await doe.accepted('presence.choose', { availability: 'busy', text: 'Review', until: null });
    const choose = (text: string, until: number | null) =>
      doe.command('presence.choose', { availability: 'away', text, until });
    expect(await choose('x'.repeat(101), null)).toMatchObject({ ok: false, error: { code: 'status-too-long' } });
    expect(await choose('x', Date.now() - 1)).toMatchObject({ ok: false, error: { code: 'until-past' } });
    expect(ownPresenceOf(doe)).toMatchObject({ state: 'busy', text: 'Review' });
  });

  it('S97 a reload and a second tab are seen by nobody; who is gone for longer is offline', async () => {
    const from = smith.frames.length;
    const head = await world.engine.log.head();
    await doe.drop();
    await doe.connect();
    const tab = await world.adopt(doe.session).connect();
    await tab.drop();
    await new Promise((resolve) => setTimeout(resolve, 2 * GRACE_MS));
    expect(statesSentTo(smith, doe, from)).toEqual([]);
    expect(await world.engine.log.head()).toBe(head);
    await doe.drop();
    await sees(smith, doe, { state: 'offline', text: null, until: null, since: null });
    await doe.connect();
    await sees(smith, doe, { state: 'available' });
    expect(statesSentTo(smith, doe, from)).toEqual(['offline', 'available']);
  });

  it('S97 two devices make one presence, and each says which it is', async () => {
    const phone = await world.person('john.doe');
    await phone.dial({ Authorization: `Bearer ${phone.session.token}`, 'User-Agent': PHONE });
    phone.send({ t: 'hello', version: 1 });
    await eventually('two devices', () => ownPresenceOf(doe)?.sessions.length === 2);
    expect(ownPresenceOf(doe)?.sessions.map(({ device }) => device)).toEqual(['computer', 'phone']);
    const from = smith.frames.length;
    await phone.accepted('presence.choose', { availability: 'busy', text: 'On the train', until: null });
    await sees(smith, doe, { state: 'busy' });
    expect(ownPresenceOf(doe)).toMatchObject({ chosen: { availability: 'busy', device: 'phone' } });
    // Where the sessions are is told nobody.
    expect(JSON.stringify(ownPresenceOf(doe))).not.toMatch(/node|session"/);
    await doe.drop();
    await eventually('one device', () => ownPresenceOf(phone)?.sessions.length === 1);
    expect(statesSentTo(smith, doe, from)).toEqual(['busy']);
  });

  it('S92 nobody at any device is Away, and back with the first input', async () => {
    const other = await world.client('john.doe');
    await eventually('two sessions', () => ownPresenceOf(doe)?.sessions.length === 2);
    const from = smith.frames.length;
    doe.send({ t: 'activity', active: false });
    await eventually('one idle', () => ownPresenceOf(doe)?.sessions.some(({ idle }) => idle) ?? false);
    other.send({ t: 'activity', active: false });
    await sees(smith, doe, { state: 'away' });
    expect(ownPresenceOf(doe)).toMatchObject({ state: 'away', reason: 'idle' });
    doe.send({ t: 'activity', active: true });
    await sees(smith, doe, { state: 'available' });
    expect(statesSentTo(smith, doe, from)).toEqual(['away', 'available']);
    // A new tab counts as somebody.
    doe.send({ t: 'activity', active: false });
    await sees(smith, doe, { state: 'away' });
    await world.adopt(doe.session).connect();
    await sees(smith, doe, { state: 'available' });
  });

  it('S98 what was chosen survives the connection', async () => {
    await doe.accepted('presence.choose', { availability: 'busy', text: 'Review', until: null });
    await doe.drop();
    await sees(smith, doe, { state: 'offline', text: null });
    await doe.connect();
    await sees(smith, doe, { state: 'busy', text: 'Review' });
    expect(ownPresenceOf(doe)).toMatchObject({ reason: 'chosen' });
  });

  it('a choice ends when it was to end, and what held before is back', async () => {
    await doe.accepted('presence.choose', { availability: 'away', text: 'In Lyon', until: null });
    const until = Date.now() + 700;
    await doe.accepted('presence.choose', { availability: 'busy', text: 'Review', until });
    await sees(smith, doe, { state: 'busy', text: 'Review', until });
    expect(ownPresenceOf(doe)).toMatchObject({ former: { availability: 'away', text: 'In Lyon' } });
    await sees(smith, doe, { state: 'away', text: 'In Lyon', until: null });
    expect(Date.now()).toBeGreaterThanOrEqual(until);
    expect(ownPresenceOf(doe)).toMatchObject({ former: null, chosen: { until: null, device: null } });
  });

  it('hours make Busy of who is available, until something is chosen or they are taken away', async () => {
    expect(await doe.command('desk.set-schedule', { schedule: { ...quiet, zone: 'Europe/Nowhere' } })).toMatchObject({
      ok: false,
      error: { code: 'schedule-unknown-zone' },
    });
    await doe.accepted('desk.share-reading', { shared: false });
    await doe.accepted('desk.set-schedule', { schedule: quiet });
    await sees(smith, doe, { state: 'busy', text: null });
    expect(ownPresenceOf(doe)).toMatchObject({ reason: 'do-not-disturb', chosen: { availability: 'available' } });
    expect(doe.documents.preferences.get('own')?.doc).toEqual({ sharesReading: false, schedule: quiet });
    await doe.accepted('presence.choose', { availability: 'available', text: null, until: null });
    await sees(smith, doe, { state: 'available' });
    await doe.accepted('desk.set-schedule', {
      schedule: {
        ...quiet,
        doNotDisturb: [],
        workingHours: { days: [new Date().getUTCDay() === 3 ? 6 : 3], from: 0, to: 1 },
      },
    });
    await sees(smith, doe, { state: 'away' });
    expect(ownPresenceOf(doe)).toMatchObject({ reason: 'outside-working-hours' });
    await doe.accepted('desk.set-schedule', { schedule: null });
    await sees(smith, doe, { state: 'available' });
  });

  it('hours that were set while nobody was there hold from the next connection on', async () => {
    await doe.accepted('desk.set-schedule', { schedule: quiet });
    await sees(smith, doe, { state: 'busy' });
    await doe.accepted('desk.set-schedule', { schedule: null });
    await sees(smith, doe, { state: 'available' });
    await doe.accepted('desk.set-schedule', { schedule: quiet });
    await sees(smith, doe, { state: 'busy' });
    await doe.drop();
    await sees(smith, doe, { state: 'offline' });
    await doe.connect();
    await sees(smith, doe, { state: 'busy' });
  });

  it('S76 S81 every snapshot has one presence for each accepted favorite; without the star there is none any more', async () => {
    const [shown] = (await smith.freshSnapshot()).presences;
    expect(shown?.doc).toEqual(seenBy(smith, doe));
    await smith.accepted('roster.remove-favorite', { user: doe.userId });
    await eventually('gone', () => !smith.documents.presence.has(doe.userId));
    const from = smith.frames.length;
    await doe.accepted('presence.choose', { availability: 'busy', text: null, until: null });
    await eventually('chosen', () => ownPresenceOf(doe)?.state === 'busy');
    expect(statesSentTo(smith, doe, from)).toEqual([]);
    expect((await smith.freshSnapshot()).presences).toEqual([]);
  });

  it('S76 who comes back learns what was changed meanwhile, from the deltas and from a snapshot', async () => {
    await smith.drop();
    await doe.accepted('presence.choose', { availability: 'busy', text: 'Review', until: null });
    await smith.connect();
    expect(smith.frames.some(({ t }) => t === 'resumed')).toBe(true);
    expect(seenBy(smith, doe)).toMatchObject({ state: 'busy', text: 'Review' });
    const anew = await world.adopt(smith.session).connect();
    expect(seenBy(anew, doe)).toMatchObject({ state: 'busy', text: 'Review' });
  });

  it('S14 who is revoked sees what they see when somebody goes, and is seen again after a new yes', async () => {
    await doe.accepted('roster.revoke-watcher', { user: smith.userId });
    await sees(smith, doe, { state: 'offline', text: null, until: null, since: null });
    const from = smith.frames.length;
    await doe.accepted('presence.choose', { availability: 'busy', text: null, until: null });
    await eventually('chosen', () => ownPresenceOf(doe)?.state === 'busy');
    expect(statesSentTo(smith, doe, from)).toEqual([]);
    expect((await smith.freshSnapshot()).presences.map(({ doc }) => doc.state)).toEqual(['offline']);
    await smith.accepted('roster.resend-request', { user: doe.userId });
    await eventually('asked anew', () => doe.documents.request.has(smith.userId));
    expect(statesSentTo(smith, doe, from)).toEqual([]);
    await doe.accepted('roster.answer-request', { from: smith.userId, accept: true });
    await sees(smith, doe, { state: 'busy' });
  });
});

describe('presence, with a grace that no test waits for', () => {
  const patient = { PARLEY_LIMIT_PRESENCE_GRACE_MS: '600000' };
  let world: World;
  let doe: WireClient;
  let smith: WireClient;

  beforeEach(async () => {
    world = await World.start({ engine: 'memory', environment: patient });
    [doe, smith] = await Promise.all([world.client('john.doe'), world.client('john.smith')]);
    await befriend(smith, doe);
  });
  afterEach(() => world.close());

  it('S97 signing out is seen at once', async () => {
    await fetch(`${world.url}/api/session`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${doe.session.token}` },
    });
    await sees(smith, doe, { state: 'offline' });
  });

  it('S75 S87 S97 is for people of other nodes as well, and a node that stops takes its sessions along at once', async () => {
    const other = await World.start({ environment: patient, beside: world });
    const magnum = await other.client('thomas.magnum');
    await befriend(magnum, doe);
    await befriend(doe, magnum);
    await sees(doe, magnum, { state: 'available' });
    await doe.accepted('presence.choose', { availability: 'busy', text: 'x', until: null });
    await sees(magnum, doe, { state: 'busy', text: 'x' });
    await magnum.accepted('desk.set-schedule', { schedule: quiet });
    await sees(doe, magnum, { state: 'busy' });
    await other.stop();
    await sees(doe, magnum, { state: 'offline' });
  });

  it('ends choices at whichever node is left', async () => {
    const other = await World.start({ environment: patient, beside: world });
    const magnum = await other.client('thomas.magnum');
    const until = Date.now() + 1_500;
    await magnum.accepted('presence.choose', { availability: 'busy', text: null, until });
    await eventually('busy', () => ownPresenceOf(magnum)?.state === 'busy');
    await world.stop();
    await eventually('available', () => ownPresenceOf(magnum)?.state === 'available');
    expect(Date.now()).toBeGreaterThanOrEqual(until);
    await other.close();
    world = await World.start({ engine: 'memory', environment: patient });
  });
});

describe('a node that is taken for dead while it is not', () => {
  it('S97 has its people back', async () => {
    const hasty = { PARLEY_LIMIT_PRESENCE_GRACE_MS: '1' };
    const world = await World.start({ engine: 'memory', environment: hasty });
    const other = await World.start({ environment: hasty, beside: world });
    const doe = await world.client('john.doe');
    const magnum = await other.client('thomas.magnum');
    await befriend(doe, magnum);
    await sees(doe, magnum, { state: 'available' });
    const from = doe.frames.length;
    const { leases } = world.engine;
    // Its lease ends again and again, whatever it does: the store was away from it, say.
    await eventually('taken for dead', async () => {
      for (const { name, holder } of await leases.leases('presence-node:'))
        if (name !== `presence-node:${nodeOf(doe)}`) await leases.release(name, holder);
      return statesSentTo(doe, magnum, from).includes('offline');
    });
    await eventually('back', () => statesSentTo(doe, magnum, from).at(-1) === 'available');
    await other.close();
    await world.close();
  }, 30_000);
});

describe('presence and restarts', () => {
  it('S98 S76 what was chosen, and who may see it, survive the server', async () => {
    const folder = tempFolder();
    const options = { engine: 'embedded', environment, dataDir: folder.path } as const;
    let world = await World.start(options);
    let [doe, smith] = await Promise.all([world.client('john.doe'), world.client('john.smith')]);
    await befriend(smith, doe);
    const until = Date.now() + 3_600_000;
    await doe.accepted('presence.choose', { availability: 'busy', text: 'Review', until });
    await sees(smith, doe, { state: 'busy' });
    await world.close();
    world = await World.start(options);
    smith = await world.adopt(smith.session).connect(undefined);
    expect(seenBy(smith, doe)).toEqual({ user: doe.userId, state: 'offline', text: null, until: null, since: null });
    doe = await world.adopt(doe.session).connect(undefined);
    await sees(smith, doe, { state: 'busy', text: 'Review', until });
    expect(ownPresenceOf(doe)).toMatchObject({ sessions: [{ device: 'computer' }] });
    await world.close();
    folder.remove();
  }, 30_000);

  it('a choice that ended while no server ran is over after the start', async () => {
    const folder = tempFolder();
    const options = { engine: 'embedded', environment, dataDir: folder.path } as const;
    let world = await World.start(options);
    let doe = await world.client('john.doe');
    await doe.accepted('presence.choose', { availability: 'busy', text: null, until: Date.now() + 300 });
    await world.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    world = await World.start(options);
    doe = await world.adopt(doe.session).connect(undefined);
    await eventually('available', () => ownPresenceOf(doe)?.state === 'available', { found: () => ownPresenceOf(doe) });
    await world.close();
    folder.remove();
  }, 30_000);
});

it('S92 what is said of a device faster than it is let through counts all the same: it is not said again', async () => {
  const slow = { PARLEY_LIMIT_QUERIES_BURST: '3', PARLEY_LIMIT_QUERIES_PER_SECOND: '1' };
  const world = await World.start({ environment: { ...environment, ...slow } });
  try {
    const [doe, smith] = await Promise.all([world.client('john.doe'), world.client('john.smith')]);
    await befriend(smith, doe);
    for (let times = 0; times < 10; times++) doe.send({ t: 'activity', active: true });
    doe.send({ t: 'activity', active: false });
    await sees(smith, doe, { state: 'away' });
    expect(doe.closed).toBeNull();
  } finally {
    await world.close();
  }
});
