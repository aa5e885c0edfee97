import type { OutcomeFrame } from '../../src/application/protocol/index.js';
import { QueryFailed, Session } from '../../frontend/src/session/index.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { FakeNetwork } from './support/fake-socket.js';
import { snapshot, welcome } from './support/frames.js';

const setUp = () => {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const troubles: (string | null)[] = [];
  const session = new Session({
    openSocket: network.openSocket,
    clock,
    random: () => 0.5,
    isSignedOut: () => Promise.resolve(false),
    position: () => null,
    onTrouble: (code) => troubles.push(code),
    onFrame: () => undefined,
    onStatus: () => undefined,
  });
  const connect = (): void => {
    network.last.open();
    network.last.push(welcome);
    network.last.push(snapshot(1));
  };
  session.start();
  return { clock, network, session, connect, troubles };
};
const post = (session: Session, id: string, conversationId = 'c') =>
  session.command('conversation.post', id, { conversationId, text: id });
const accepted = (id: string): OutcomeFrame => ({ t: 'outcome', id, ok: true, at: 1, result: {} });
const refused = (id: string, retryable: boolean, retryAfterMs?: number): OutcomeFrame => ({
  t: 'outcome',
  id,
  ok: false,
  error: {
    code: retryable ? 'rate-limited' : 'not-found',
    message: '',
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  },
});
const ids = (network: FakeNetwork) => network.last.of('command').map(({ id }) => id);

describe('commands', () => {
  it('wait for a connection, then go out', async () => {
    const { network, session, connect } = setUp();
    const outcome = post(session, 'a');
    expect(network.last.sent).toEqual([]);
    connect();
    expect(ids(network)).toEqual(['a']);
    network.last.push(accepted('a'));
    expect(await outcome).toEqual({ ok: true, at: 1, result: {} });
    expect(session.unanswered).toEqual([]);
  });

  it('are sent again with the same id after a break, until they are answered', async () => {
    const { clock, network, session, connect } = setUp();
    connect();
    const outcome = post(session, 'a');
    for (let time = 0; time < 3; time++) {
      network.last.drop();
      clock.pass(1_500);
      connect();
      expect(ids(network)).toEqual(['a']);
    }
    network.last.push(accepted('a'));
    expect((await outcome).ok).toBe(true);
    network.last.drop();
    clock.pass(1_500);
    connect();
    expect(ids(network)).toEqual([]);
  });

  it('about one conversation go one after the other, about others at once', () => {
    const { network, session, connect } = setUp();
    connect();
    void post(session, 'a');
    void post(session, 'b');
    void post(session, 'x', 'other');
    expect(ids(network)).toEqual(['a', 'x']);
    network.last.push(accepted('a'));
    expect(ids(network)).toEqual(['a', 'x', 'b']);
  });

  it('that the server cannot take now are tried again, not before it said, and in their order', () => {
    const { clock, network, session, connect } = setUp();
    connect();
    void post(session, 'a');
    void post(session, 'b');
    network.last.push(refused('a', true, 5_000));
    clock.pass(4_999);
    expect(ids(network)).toEqual(['a']);
    clock.pass(1);
    expect(ids(network)).toEqual(['a', 'a']);
    network.last.push(accepted('a'));
    expect(ids(network)).toEqual(['a', 'a', 'b']);
  });

  it('R9 R10 say why the server does not take them, until it does', () => {
    const { clock, network, session, connect, troubles } = setUp();
    connect();
    void post(session, 'a');
    network.last.push(refused('a', true));
    expect(troubles).toEqual(['rate-limited']);
    clock.pass(30_000);
    network.last.push(accepted('a'));
    expect(troubles).toEqual(['rate-limited', null]);
  });

  it('fail when the server refuses them for good, and the next one goes on', async () => {
    const { network, session, connect } = setUp();
    connect();
    const first = post(session, 'a');
    void post(session, 'b');
    network.last.push(refused('a', false));
    expect(await first).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(ids(network)).toEqual(['a', 'b']);
  });

  it('fail after two minutes of refusals, not before', async () => {
    const { clock, network, session, connect } = setUp();
    connect();
    const outcomes: object[] = [];
    void post(session, 'a').then((outcome) => outcomes.push(outcome));
    const begin = clock.now();
    for (let time = 0; time < 20 && outcomes.length === 0; time++) {
      clock.pass(time === 0 ? 0 : 23_000); // a little more than the longest pause
      network.last.push(refused('a', true));
      await settle();
    }
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'rate-limited' } }]);
    expect(clock.now() - begin).toBe(6 * 23_000);
  });

  it('fail when the server could not even read them', async () => {
    const { network, session, connect } = setUp();
    connect();
    const outcome = post(session, 'a');
    network.last.push({ t: 'error', id: 'a', error: { code: 'frame-malformed', message: '', retryable: false } });
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'frame-malformed' } });
  });
});

describe('queries', () => {
  const find = (session: Session) => session.query('people.find', { text: 'jo' });

  it('are answered by id', async () => {
    const { network, session, connect } = setUp();
    connect();
    const [first, second] = [find(session), find(session)];
    const [a, b] = network.last.of('query');
    network.last.push({ t: 'answer', id: b!.id, ok: true, result: { people: [] } });
    network.last.push({ t: 'answer', id: a!.id, ok: false, error: { code: 'busy', message: '', retryable: true } });
    expect(await second).toEqual({ people: [] });
    await expect(first).rejects.toMatchObject({ reason: { code: 'busy' } });
  });

  it('are rejected without a connection, and when it breaks', async () => {
    const { network, session, connect } = setUp();
    await expect(find(session)).rejects.toMatchObject({ reason: 'no-link' });
    connect();
    const open = find(session);
    network.last.drop();
    await expect(open).rejects.toBeInstanceOf(QueryFailed);
  });

  it('are rejected after a while without an answer', async () => {
    const { clock, session, connect } = setUp();
    connect();
    const open = find(session);
    clock.pass(15_000);
    await expect(open).rejects.toMatchObject({ reason: 'timeout' });
  });
});
