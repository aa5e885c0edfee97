import type { CommandName, ServerFrame, ViewChange } from '../../src/application/protocol/index.js';
import { Client } from '../../frontend/src/client/index.js';
import { shownTabs } from '../../frontend/src/model/index.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { FakeNetwork } from './support/fake-socket.js';
import { message, snapshot, welcome } from './support/frames.js';
import { ANNA, group, GROUP, inGroup, notice, page, PEER, removed, said } from './support/groups.js';

const setUp = (first: ServerFrame = inGroup(10)) => {
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
  const connect = (frame: ServerFrame): void => {
    network.last.open();
    network.last.push(welcome);
    network.last.push(frame);
  };
  client.start();
  connect(first);
  let n = 1;
  let at = 10;
  return {
    clock,
    network,
    client,
    connect,
    push: (...changes: ViewChange[]) => network.last.push({ t: 'delta', n: ++n, at: ++at, changes }),
    commands: (name: CommandName) => network.last.of('command').filter((one) => one.name === name),
    queries: (name: string) => network.last.of('query').filter((one) => one.name === name),
    answer: (id: string, result: object) => network.last.push({ t: 'answer', id, ok: true, result }),
    accept: (id: string, result: object = {}) => network.last.push({ t: 'outcome', id, ok: true, at: 20, result }),
    refuse: (id: string) => {
      const error = { code: 'not-found', message: '', retryable: false } as const;
      network.last.push({ t: 'outcome', id, ok: false, error });
    },
    shown: () => shownTabs(client.state.data).map(({ id }) => id),
  };
};

describe('starting and joining', () => {
  it('S24 one person is a private chat, more are a group, and from a private chat it is a group in any case', () => {
    const { client, commands } = setUp();
    void client.startConversation([PEER.id]);
    void client.startConversation([PEER.id, ANNA.id], { title: '  Budget ' });
    void client.startConversation([PEER.id], { isGroup: true });
    expect(commands('conversation.start')).toMatchObject([{ data: { with: PEER.id } }]);
    expect(commands('conversation.start-group').map(({ data }) => data)).toEqual([
      { with: [PEER.id, ANNA.id], title: 'Budget' },
      { with: [PEER.id] },
    ]);
  });

  it('S26 S27 a second try has the same id, and the group that was started is selected', async () => {
    const { client, commands, refuse, accept } = setUp();
    const people = [PEER.id, ANNA.id];
    const first = client.startConversation(people, { id: 'same' });
    refuse('same');
    expect(await first).toEqual({ ok: false, code: 'not-found' });
    const second = client.startConversation(people, { id: 'same' });
    expect(commands('conversation.start-group').map(({ id }) => id)).toEqual(['same', 'same']);
    accept('same', { conversationId: GROUP });
    expect(await second).toEqual({ ok: true, conversationId: GROUP });
    expect(client.state.selected).toBe(GROUP);
  });

  it('S37 who joins is in the group at once, and sees nothing of it before', async () => {
    const { client, commands, accept } = setUp(snapshot(10));
    const joining = client.join(GROUP);
    expect(client.state.selected).toBeNull();
    accept(commands('conversation.join')[0]!.id);
    expect(await joining).toBeNull();
    expect(client.state.selected).toBe(GROUP);
  });

  it('a void invitation is said, and selects nothing', async () => {
    const { client, commands, refuse } = setUp(snapshot(10));
    const joining = client.join(GROUP);
    refuse(commands('conversation.join')[0]!.id);
    expect(await joining).toBe('not-found');
    expect(client.state.selected).toBeNull();
  });
});

describe('leaving', () => {
  it('S57 closing a group leaves it, once the time to undo it is over', async () => {
    const { client, clock, commands, shown, accept, push } = setUp();
    client.closeTab(GROUP);
    expect(shown()).toEqual([]);
    expect(client.state.selected).toBeNull();
    clock.pass(5_999);
    expect(commands('conversation.leave')).toEqual([]);
    clock.pass(1);
    expect(commands('conversation.leave')).toMatchObject([{ data: { conversationId: GROUP } }]);
    accept(commands('conversation.leave')[0]!.id);
    await settle();
    expect(shown()).toEqual([]); // also before the conversation is taken away
    push(...removed);
    expect(client.state.data.leaving.size).toBe(0);
    expect(commands('desk.close-tab')).toEqual([]);
  });

  it('S57 undone in time, nothing was left', () => {
    const { client, clock, commands, shown } = setUp();
    client.closeTab(GROUP);
    clock.pass(5_000);
    client.stay(GROUP);
    expect(shown()).toEqual([GROUP]);
    expect(client.state.selected).toBe(GROUP);
    clock.pass(60_000);
    expect(commands('conversation.leave')).toEqual([]);
  });

  it('S57 refused, the group is there again', async () => {
    const { client, clock, commands, shown, refuse } = setUp();
    client.closeTab(GROUP);
    clock.pass(6_000);
    client.stay(GROUP); // too late
    refuse(commands('conversation.leave')[0]!.id);
    await settle();
    expect(shown()).toEqual([GROUP]);
  });

  it('S58 closing the window leaves nothing; only what one already closed is left without delay', () => {
    const { client, commands } = setUp();
    client.finishLeaves();
    expect(commands('conversation.leave')).toEqual([]);
    client.closeTab(GROUP);
    client.finishLeaves();
    expect(commands('conversation.leave')).toHaveLength(1);
    client.finishLeaves();
    client.stop();
    expect(commands('conversation.leave')).toHaveLength(1);
  });

  it('what one looks at goes when one leaves it on another device', () => {
    const { client, push } = setUp();
    client.select(GROUP);
    push(...removed);
    expect(client.state.selected).toBeNull();
  });
});

describe('what has to be asked for', () => {
  it('names that came by id only are asked for once, also over a lost connection', async () => {
    const { client, network, queries, push, answer, connect, clock } = setUp();
    push({ view: 'conversation', op: 'patch', key: GROUP, include: { participants: [ANNA.id, PEER.id] } });
    push({ view: 'notice', op: 'put', key: `${GROUP}/0.1`, doc: notice(0, 1, { by: ANNA.id, users: ['erased'] }) });
    expect(queries('people.get')).toMatchObject([{ data: { ids: [ANNA.id] } }]);
    network.last.drop();
    await settle();
    clock.pass(1_500);
    connect({ t: 'resumed', n: 1, at: 12 });
    const asked = queries('people.get');
    expect(asked).toMatchObject([{ data: { ids: [ANNA.id, 'erased'] } }]);
    answer(asked[0]!.id, { people: [ANNA] });
    await settle();
    expect(client.state.data.people.get(ANNA.id)).toEqual(ANNA);
    client.wantPeople([ANNA.id]);
    await settle();
    expect(queries('people.get')).toHaveLength(1);
  });

  it('S41 a group’s notices are asked for although nothing shows that they are missing', async () => {
    const { client, queries, answer, push } = setUp();
    push(said(1), { view: 'conversation', op: 'patch', key: GROUP, max: { lastSequence: 1 } });
    client.select(GROUP);
    const [asked] = queries('transcript.page');
    answer(asked!.id, page([1], [[0, 1]]));
    await settle();
    expect(client.state.data.notices.get(GROUP)).toHaveLength(1);
    expect(queries('transcript.page')).toHaveLength(1);
  });

  it('after a snapshot what is held is looked through for what changed unseen', async () => {
    const { client, network, queries, answer } = setUp(inGroup(10, 2));
    client.select(GROUP);
    answer(queries('transcript.page')[0]!.id, page([1, 2], [[0, 1]]));
    await settle();
    network.last.push({ ...inGroup(30, 2), n: 2 });
    const [, again] = queries('transcript.page');
    expect(again?.data).toEqual({ conversationId: GROUP, after: 0, limit: 100 });
    const corrected = { at: 25, doc: message(2, { conversationId: GROUP, text: 'corrected', correctedAt: 9 }) };
    const { messages, ...rest } = page(
      [1],
      [
        [0, 1],
        [2, 2],
      ],
    );
    answer(again!.id, { ...rest, messages: [...messages, corrected] });
    await settle();
    const { transcripts, notices } = client.state.data;
    expect(transcripts.get(GROUP)?.messages.map(({ doc }) => doc.text)).toEqual(['text 1', 'corrected']);
    expect(notices.get(GROUP)).toHaveLength(2);
    expect(queries('transcript.page')).toHaveLength(2);
  });

  it('read marks of what is opened, and again with the next snapshot', async () => {
    const { client, network, queries, answer } = setUp();
    client.select(GROUP);
    const doc = { conversationId: GROUP, user: PEER.id, sequence: 4 };
    answer(queries('conversation.read-marks')[0]!.id, { marks: [{ at: 11, doc }] });
    await settle();
    expect([...client.state.data.marks.values()]).toEqual([{ at: 11, doc }]);
    network.last.push({ ...inGroup(30), n: 2 });
    expect(client.state.data.marks.size).toBe(0);
    expect(queries('conversation.read-marks')).toHaveLength(2);
  });
});

describe('telling', () => {
  it('that one is writing, at most every 3 s', () => {
    const { client, clock, network } = setUp();
    const told = () => network.last.of('writing').length;
    client.typed(GROUP);
    client.typed(GROUP);
    expect(told()).toBe(1);
    clock.pass(3_000);
    client.typed(GROUP);
    expect(told()).toBe(2);
    client.post(GROUP, 'said');
    client.typed(GROUP);
    expect(told()).toBe(3);
  });

  it('muting and sharing show at once', () => {
    const { client } = setUp();
    void client.tell('desk.mute', { conversationId: GROUP, muted: true });
    expect(client.state.data.tabs.get(GROUP)?.doc?.muted).toBe(true);
    void client.shareReading(false);
    expect(client.state.data.preferences.get('own')?.doc).toMatchObject({ sharesReading: false });
  });

  it('S82 a group’s commands do not wait for those of another conversation', () => {
    const { client, commands } = setUp(
      inGroup(10, 0, { conversations: [GROUP, 'two'].map((id) => ({ at: 10, doc: group(0, { id }) })) }),
    );
    client.post(GROUP, 'waits for its answer');
    void client.tell('conversation.title', { conversationId: 'two', title: 'Two' });
    void client.startConversation([PEER.id, ANNA.id]);
    expect(commands('conversation.title')).toHaveLength(1);
    expect(commands('conversation.start-group')).toHaveLength(1);
  });
});
