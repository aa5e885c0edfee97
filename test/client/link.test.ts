import { CLOSE, type ServerFrame } from '../../src/application/protocol/index.js';
import { backoffMs, BACKOFF_MS, Link, type LinkStatus } from '../../frontend/src/session/index.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { FakeNetwork } from './support/fake-socket.js';
import { snapshot, welcome } from './support/frames.js';

const setUp = (isSignedOut = false) => {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const frames: ServerFrame[] = [];
  const statuses: LinkStatus[] = [];
  let position: number | null = null;
  const link = new Link({
    openSocket: network.openSocket,
    clock,
    random: () => 0.5,
    isSignedOut: () => Promise.resolve(isSignedOut),
    position: () => position,
    onFrame: (frame) => {
      frames.push(frame);
      if ('at' in frame && frame.t !== 'outcome') position = frame.at;
    },
    onStatus: (status) => statuses.push(status),
  });
  const live = (): void => {
    link.start();
    network.last.open();
    network.last.push(welcome);
    network.last.push(snapshot(10));
  };
  return { clock, network, frames, statuses, link, live };
};
const delta = (n: number, at: number): ServerFrame => ({ t: 'delta', n, at, changes: [] });
const applied = (frames: ServerFrame[]) =>
  frames.filter(({ t }) => t === 'delta').map((frame) => 'at' in frame && frame.at);

describe('the link', () => {
  it('greets without a position at first, and with the last one after a break', () => {
    const { clock, network, live } = setUp();
    live();
    expect(network.last.sent).toEqual([{ t: 'hello', version: 1 }]);
    network.last.push(delta(2, 15));
    network.last.drop();
    clock.pass(1_500);
    network.last.open();
    expect(network.last.sent).toEqual([{ t: 'hello', version: 1, resume: 15 }]);
  });

  it('answers ping, and takes its position', () => {
    const { network, frames, live } = setUp();
    live();
    network.last.push({ t: 'ping', at: 20 });
    expect(network.last.of('pong')).toHaveLength(1);
    expect(frames.at(-1)).toEqual({ t: 'ping', at: 20 });
  });

  it('asks to resync after a hole in n, from before the hole, and applies nothing until it starts afresh', () => {
    const { network, frames, live } = setUp();
    live();
    network.last.push(delta(2, 11));
    network.last.push(delta(4, 13));
    network.last.push(delta(5, 14));
    network.last.push({ t: 'ping', at: 14 });
    expect(network.last.of('resync')).toEqual([{ t: 'resync', resume: 11 }]);
    expect(applied(frames)).toEqual([11]);
    expect(frames.some(({ t }) => t === 'ping')).toBe(false);
    network.last.push({ t: 'resumed', n: 6, at: 11 });
    for (const [n, at] of [
      [7, 12],
      [8, 13],
      [9, 14],
    ] as const)
      network.last.push(delta(n, at));
    expect(applied(frames)).toEqual([11, 12, 13, 14]);
  });

  it('asks to resync when it fell behind', () => {
    const { network, live } = setUp();
    live();
    network.last.push({ t: 'fell-behind' });
    expect(network.last.of('resync')).toEqual([{ t: 'resync', resume: 10 }]);
  });

  it('waits longer and longer, from 1 to 30 s, and connects at once when nudged', () => {
    const { clock, network, statuses, link } = setUp();
    link.start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      network.last.open();
      network.last.drop();
      const status = statuses.at(-1)!;
      if (status.kind !== 'waiting') throw new Error(status.kind);
      waits.push(status.retryAt - clock.now());
      clock.pass(status.retryAt - clock.now());
    }
    expect(waits).toEqual([1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500, 22_500]);
    network.last.open();
    network.last.drop();
    const count = network.sockets.length;
    link.nudge();
    expect(network.sockets).toHaveLength(count + 1);
    clock.pass(60_000 - 51_000);
    expect(network.sockets).toHaveLength(count + 1); // the timer of before is gone
  });

  it.each([0, 0.25, 0.5, 0.999_999])('backoff stays between 1 and 30 s for chance %d', (chance) => {
    for (let attempt = 0; attempt < 40; attempt++) {
      const wait = backoffMs(attempt, () => chance);
      expect(wait).toBeGreaterThanOrEqual(BACKOFF_MS.least);
      expect(wait).toBeLessThanOrEqual(BACKOFF_MS.most);
    }
    expect(backoffMs(0, () => 0)).not.toBe(backoffMs(0, () => 0.9));
  });

  it('takes a link for dead that is silent for twice the heartbeat, and not before', () => {
    const { clock, network, statuses, live } = setUp();
    live();
    clock.pass(49_000);
    network.last.push({ t: 'ping', at: 10 });
    clock.pass(49_999);
    expect(statuses.at(-1)?.kind).toBe('live');
    clock.pass(1);
    expect(statuses.at(-1)?.kind).toBe('waiting');
    expect(network.last.isClosed).toBe(true);
  });

  it('sees at a nudge that the machine slept', () => {
    const { clock, statuses, link, live } = setUp();
    live();
    clock.sleep(10_000);
    link.nudge();
    expect(statuses.at(-1)?.kind).toBe('live');
    clock.sleep(3_600_000);
    link.nudge();
    expect(statuses.at(-1)?.kind).toBe('waiting');
  });

  it('gives up a connection that is not welcomed', () => {
    const { clock, statuses, link } = setUp();
    link.start();
    clock.pass(10_000);
    expect(statuses.at(-1)?.kind).toBe('waiting');
  });

  it.each(Object.entries(CLOSE))('comes back after %s as the table says', (_, { code, again }) => {
    const { clock, network, statuses, live } = setUp();
    live();
    network.last.drop(code);
    const kinds = { now: 'waiting', later: 'waiting', 'after sign-in': 'signed-out', never: 'outdated' } as const;
    expect(statuses.at(-1)?.kind).toBe(kinds[again]);
    const count = network.sockets.length;
    clock.pass(0);
    expect(network.sockets.length - count).toBe(again === 'now' ? 1 : 0);
    clock.pass(30_000);
    expect(network.sockets.length - count > 0).toBe(again === 'now' || again === 'later');
  });

  it('does not hammer a server that closes at once with "now"', () => {
    const { clock, network, live } = setUp();
    live();
    network.last.drop(CLOSE['slow-consumer'].code);
    clock.pass(0);
    network.last.open();
    const count = network.sockets.length;
    network.last.drop(CLOSE['slow-consumer'].code);
    clock.pass(900);
    expect(network.sockets).toHaveLength(count);
  });

  it.each([
    [true, 'signed-out'],
    [false, 'waiting'],
  ] as const)('asks over HTTP why a socket never opened (signed out: %s)', async (signedOut, kind) => {
    const { network, statuses, link } = setUp(signedOut);
    link.start();
    network.last.drop();
    await settle();
    expect(statuses.at(-1)?.kind).toBe(kind);
  });

  it('forgets the frames of a connection that it gave up', () => {
    const { clock, network, frames, live } = setUp();
    live();
    const old = network.last;
    clock.pass(51_000);
    const count = frames.length;
    old.push(delta(2, 99));
    expect(frames).toHaveLength(count);
  });
});
