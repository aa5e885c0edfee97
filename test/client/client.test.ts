import type { MessageView } from '../../src/application/protocol/index.js';
import { Client } from '../../frontend/src/client/index.js';
import { totalUnread } from '../../frontend/src/model/index.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { FakeNetwork } from './support/fake-socket.js';
import { conversation, CONVERSATION, message, PEER, snapshot, tab, welcome } from './support/frames.js';

const setUp = (lastSequence = 0, readMarker = 0) => {
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
    network.last.push(welcome);
    network.last.push(snapshot(10, lastSequence, { tabs: [{ at: 10, doc: tab({ readMarker }) }] }));
  };
  client.start();
  connect();
  let n = 1;
  const incoming = (doc: MessageView, at: number): void => {
    network.last.push({
      t: 'delta',
      n: ++n,
      at,
      changes: [
        { view: 'conversation', op: 'patch', key: CONVERSATION, max: { lastSequence: doc.sequence } },
        { view: 'message', op: 'put', key: `${CONVERSATION}/${doc.sequence}`, doc },
      ],
    });
  };
  const arrived: MessageView[] = [];
  client.arrivals.add((one) => arrived.push(one));
  return { clock, network, client, connect, incoming, arrived };
};
const commands = (network: FakeNetwork, name: string) => network.last.of('command').filter((one) => one.name === name);

describe('the client', () => {
  it('S12 starting a conversation selects it', async () => {
    const { network, client } = setUp();
    const started = client.startConversation([PEER.id]);
    const [command] = commands(network, 'conversation.start');
    expect(command?.data).toEqual({ with: PEER.id });
    const result = { conversationId: CONVERSATION };
    network.last.push({ t: 'outcome', id: command!.id, ok: true, at: 11, result });
    expect(await started).toEqual({ ok: true, conversationId: CONVERSATION });
    expect(client.state.selected).toBe(CONVERSATION);
  });

  it('S83 a message of somebody else selects nothing', () => {
    const { client, incoming } = setUp();
    incoming(message(1), 11);
    expect(client.state.selected).toBeNull();
    expect(totalUnread(client.state.data)).toBe(1);
  });

  it('S60 S68 tells of messages of others once, and not of one’s own', () => {
    const { incoming, arrived } = setUp();
    incoming(message(1), 11);
    incoming(message(1), 11);
    incoming(message(2, { author: 'me' }), 12);
    expect(arrived.map(({ sequence }) => sequence)).toEqual([1]);
  });

  it('S86 a roster click opens a closed tab by command, an open one without', () => {
    const { network, client } = setUp();
    client.openTab(CONVERSATION);
    expect(commands(network, 'desk.open-tab')).toHaveLength(0);
    client.closeTab(CONVERSATION);
    expect(client.state.selected).toBeNull();
    client.openTab(CONVERSATION);
    expect(client.state.selected).toBe(CONVERSATION);
    expect(client.state.data.tabs.get(CONVERSATION)?.doc?.open).toBe(true);
  });

  it('S64 reading is told at most once in 500 ms, and the newest at last', () => {
    const { clock, network, client, incoming } = setUp();
    for (let sequence = 1; sequence <= 5; sequence++) {
      incoming(message(sequence), 10 + sequence);
      client.markRead(CONVERSATION);
      expect(totalUnread(client.state.data)).toBe(0);
    }
    const told = () =>
      commands(network, 'desk.move-read-marker').map(({ data }) => 'sequence' in data && data.sequence);
    expect(told()).toEqual([1]);
    network.last.push({
      t: 'outcome',
      id: commands(network, 'desk.move-read-marker')[0]!.id,
      ok: true,
      at: 16,
      result: {},
    });
    clock.pass(500);
    return settle().then(() => {
      expect(told()).toEqual([1, 5]);
    });
  });

  it('S66 what was read while offline stays read over a snapshot, and is told afterwards', () => {
    const { clock, network, client, connect } = setUp(3);
    network.last.drop();
    client.markRead(CONVERSATION);
    expect(totalUnread(client.state.data)).toBe(0);
    clock.pass(1_500);
    connect();
    expect(totalUnread(client.state.data)).toBe(0);
    expect(commands(network, 'desk.move-read-marker')).toHaveLength(1);
  });

  it('a failed message is tried again under its own id', async () => {
    const { network, client } = setUp();
    client.post(CONVERSATION, 'hello');
    const [first] = commands(network, 'conversation.post');
    const error = { code: 'message-too-long', message: '', retryable: false } as const;
    network.last.push({ t: 'outcome', id: first!.id, ok: false, error });
    await settle();
    expect(client.state.data.pending).toMatchObject([{ messageId: first!.id, failure: 'message-too-long' }]);
    client.retry(first!.id);
    expect(commands(network, 'conversation.post').map(({ id }) => id)).toEqual([first!.id, first!.id]);
    expect(client.state.data.pending).toMatchObject([{ failure: null }]);
  });

  it('loads a conversation when it is selected, and says when that fails', async () => {
    const { network, client } = setUp(80, 80);
    expect(network.last.of('query')).toHaveLength(0);
    client.select(CONVERSATION);
    const [query] = network.last.of('query');
    expect(query).toMatchObject({ name: 'transcript.page', data: { conversationId: CONVERSATION, limit: 50 } });
    const error = { code: 'internal', message: '', retryable: true } as const;
    network.last.push({ t: 'answer', id: query!.id, ok: false, error });
    await settle();
    expect(client.state.unloadable.has(CONVERSATION)).toBe(true);
    client.reload(CONVERSATION);
    const again = network.last.of('query').at(-1)!;
    expect(again.id).not.toBe(query!.id);
    const messages = Array.from({ length: 50 }, (_, i) => ({ at: i, doc: message(31 + i) }));
    network.last.push({
      t: 'answer',
      id: again.id,
      ok: true,
      result: { messages, notices: [], reactions: [], more: true },
    });
    await settle();
    expect(client.state.unloadable.size).toBe(0);
    const older = client.loadOlder(CONVERSATION);
    void client.loadOlder(CONVERSATION); // one request at a time
    const asked = network.last.of('query').filter(({ data }) => 'before' in data);
    expect(asked).toMatchObject([{ data: { before: 31, limit: 50 } }]);
    network.last.drop();
    await older;
  });

  it('S82 conversations do not mix', () => {
    const { network, client } = setUp();
    network.last.push({
      t: 'delta',
      n: 2,
      at: 11,
      changes: [
        { view: 'conversation', op: 'put', key: 'two', doc: conversation(0, 'two') },
        { view: 'tab', op: 'put', key: 'two', doc: tab({ conversationId: 'two' }) },
      ],
    });
    client.post('two', 'only there');
    expect(client.state.data.pending.map(({ conversationId }) => conversationId)).toEqual(['two']);
    expect(client.state.data.transcripts.get(CONVERSATION)?.messages).toEqual([]);
  });
});
