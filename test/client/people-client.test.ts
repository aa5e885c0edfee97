import { Client } from '../../frontend/src/client/index.js';
import { isFavorite, preferencesOf } from '../../frontend/src/model/index.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { FakeNetwork } from './support/fake-socket.js';
import { PEER, snapshot, welcome } from './support/frames.js';
import { ANNA } from './support/groups.js';
import { favorite, put } from './support/people.js';

const IDLE_MS = 30_000;

const setUp = () => {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  let ids = 0;
  const client = new Client({
    openSocket: network.openSocket,
    clock,
    random: () => 0.5,
    isSignedOut: () => Promise.resolve(false),
    newId: () => `id-${++ids}`,
  });
  const connect = (): void => {
    network.last.open();
    // No heartbeat is missed while time passes.
    network.last.push({ ...welcome, heartbeatMs: 10 * IDLE_MS, limits: { ...welcome.limits, idleMs: IDLE_MS } });
    network.last.push(snapshot(10));
  };
  client.start();
  connect();
  return {
    clock,
    network,
    client,
    connect,
    activity: () => network.last.of('activity').map(({ active }) => active),
    commands: (name: string) => network.last.of('command').filter((one) => one.name === name),
  };
};

describe('whether somebody is at this device', () => {
  it('S92 is told once when nobody was for the time that the server says, and at once when somebody is again', () => {
    const { clock, client, activity } = setUp();
    clock.pass(IDLE_MS - 1);
    expect(activity()).toEqual([]);
    clock.pass(1);
    expect(activity()).toEqual([false]);
    clock.pass(IDLE_MS);
    expect(activity()).toEqual([false]);
    client.activity.input();
    client.activity.input();
    expect(activity()).toEqual([false, true]);
    clock.pass(IDLE_MS);
    expect(activity()).toEqual([false, true, false]);
  });

  it('S92 counts from the last input', () => {
    const { clock, client, activity } = setUp();
    for (let times = 0; times < 5; times++) {
      clock.pass(IDLE_MS - 1);
      client.activity.input();
    }
    expect(activity()).toEqual([]);
    clock.pass(IDLE_MS);
    expect(activity()).toEqual([false]);
  });

  it('S98 is told again over a new connection, which counts as active', async () => {
    const { clock, network, client, connect, activity } = setUp();
    clock.pass(IDLE_MS);
    network.last.drop(1006);
    await settle();
    clock.pass(60_000);
    connect();
    expect(activity()).toEqual([false]);
    // Who came back while there was no connection is there, and nothing needs to be said.
    network.last.drop(1006);
    await settle();
    client.activity.input();
    clock.pass(20_000);
    connect();
    expect(activity()).toEqual([]);
  });
});

describe('favorites by command', () => {
  it('S74 the star waits for the answer, which may be no', async () => {
    const { client, network, commands } = setUp();
    const answer = client.tell('roster.add-favorite', { user: PEER.id });
    expect(isFavorite(client.state.data, PEER.id)).toBe(false);
    const error = { code: 'too-many-favorites', message: '', retryable: false } as const;
    network.last.push({ t: 'outcome', id: commands('roster.add-favorite')[0]!.id, ok: false, error });
    expect(await answer).toBe('too-many-favorites');
    network.last.push({ t: 'delta', n: 2, at: 11, changes: [put.favorite(favorite(PEER.id, { state: 'asked' }))] });
    expect(isFavorite(client.state.data, PEER.id)).toBe(true);
  });

  it('S80 what is done about one person goes in order, and does not wait for another', () => {
    const { client, commands } = setUp();
    void client.tell('roster.add-favorite', { user: PEER.id });
    void client.tell('roster.remove-favorite', { user: PEER.id });
    void client.tell('roster.remove-favorite', { user: ANNA.id });
    expect(commands('roster.add-favorite')).toHaveLength(1);
    expect(commands('roster.remove-favorite').map(({ data }) => data)).toEqual([{ user: ANNA.id }]);
  });

  it('sharing one’s reading leaves the hours alone', () => {
    const { client, network } = setUp();
    const schedule = { zone: 'UTC', workingHours: null, doNotDisturb: [{ days: [1], from: 0, to: 60 }] };
    const doc = { sharesReading: true, schedule };
    network.last.push({ t: 'delta', n: 2, at: 11, changes: [{ view: 'preferences', op: 'put', key: 'own', doc }] });
    void client.shareReading(false);
    expect(preferencesOf(client.state.data)).toEqual({ sharesReading: false, schedule });
  });
});
