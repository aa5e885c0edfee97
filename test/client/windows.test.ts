import { viewKey, type Queries, type ViewChange } from '../../src/application/protocol/index.js';
import { Client } from '../../frontend/src/client/index.js';
import { applyFrame, applyPage, holeOf, KEPT_MOST, NOTHING, type ClientState } from '../../frontend/src/model/index.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { FakeNetwork } from './support/fake-socket.js';
import { CONVERSATION, message, snapshot, tab, welcome } from './support/frames.js';

type Page = Queries['transcript.page'];

/** What a server answers whose conversation has messages 1 to `last`. */
const pageOf = (last: number, { before, after, limit }: Page['data']): Page['result'] => {
  const all = Array.from({ length: last }, (_, index) => index + 1).filter(
    (sequence) => sequence < (before ?? Infinity) && sequence > (after ?? -Infinity),
  );
  const part = after === undefined ? all.slice(-limit) : all.slice(0, limit);
  const messages = part.map((sequence) => ({ at: sequence, doc: message(sequence) }));
  return { messages, notices: [], reactions: [], more: all.length > part.length };
};
const held = (state: ClientState) => {
  const transcript = state.transcripts.get(CONVERSATION)!;
  const sequences = transcript.messages.map(({ doc }) => doc.sequence);
  const isWhole = sequences.every((sequence, index) => sequence === (sequences[0] ?? 0) + index);
  expect([isWhole, sequences[0], sequences.at(-1)]).toEqual([true, transcript.from, transcript.to]);
  return { from: transcript.from, to: transcript.to, adrift: transcript.adrift === true, count: sequences.length };
};

const liked = (sequence: number): ViewChange => {
  const doc = { conversationId: CONVERSATION, sequence, user: 'peer', reaction: '👍', addedAt: 1 };
  return { view: 'reaction', op: 'put', key: viewKey.reaction(doc), doc };
};

describe('long conversations', () => {
  const LAST = 5_000;
  const opened = (readMarker: number) =>
    applyFrame(NOTHING, snapshot(10, LAST, { tabs: [{ at: 10, doc: tab({ readMarker }) }] }));
  const load = (state: ClientState, part: Partial<Page['data']>, replaces = false): ClientState => {
    const asked = { conversationId: CONVERSATION, limit: 100, ...part };
    return applyPage(state, asked, pageOf(LAST, asked), replaces);
  };

  it('reading far up, the newest are let go of; coming back, they are loaded again without a hole', () => {
    let state = load(opened(LAST), {});
    while (held(state).to === LAST) state = load(state, { before: held(state).from });
    expect(held(state).count).toBeLessThanOrEqual(KEPT_MOST);
    expect(held(state).adrift).toBe(true);
    expect(holeOf(state, CONVERSATION)).toBeNull();
    const { from } = held(state);
    while (held(state).adrift) {
      state = load(state, { after: held(state).to });
      expect(held(state).count).toBeLessThanOrEqual(KEPT_MOST);
    }
    expect(held(state).to).toBe(LAST);
    expect(held(state).from).toBeGreaterThanOrEqual(from);
  });
  it('what comes in while one is far from the end waits there, and does not make a hole', () => {
    const apart = load(load(opened(LAST), {}), { after: 999 }, true);
    expect(held(apart)).toEqual({ from: 1_000, to: 1_099, adrift: true, count: 100 });
    const doc = message(LAST + 1);
    const key = `${CONVERSATION}/${doc.sequence}`;
    const state = applyFrame(apart, {
      t: 'delta',
      n: 1,
      at: 99_999,
      changes: [{ view: 'message', op: 'put', key, doc }],
    });
    expect(held(state)).toEqual(held(apart));
    // Back to the end, whatever lies between.
    expect(held(load(state, {}))).toMatchObject({ from: LAST - 99, to: LAST, adrift: false });
  });
  it('a part that touches what is held joins it', () => {
    const latest = load(opened(LAST), {});
    expect(held(load(latest, { after: LAST - 150 }, true))).toMatchObject({
      from: LAST - 149,
      to: LAST,
      adrift: false,
    });
  });
  it('what comes in live does not let it grow for ever', () => {
    let state = load(opened(LAST), {});
    for (let sequence = LAST + 1; sequence <= LAST + KEPT_MOST + 10; sequence++) {
      const doc = message(sequence);
      const key = `${CONVERSATION}/${sequence}`;
      state = applyFrame(state, {
        t: 'delta',
        n: 1,
        at: sequence,
        changes: [{ view: 'message', op: 'put', key, doc }, liked(sequence)],
      });
    }
    expect(held(state).count).toBeLessThanOrEqual(KEPT_MOST);
    expect(held(state).to).toBe(LAST + KEPT_MOST + 10);
    // Nor do the reactions to what is no longer held.
    const reactions = [...state.reactions.get(CONVERSATION)!.keys()];
    expect(reactions.length).toBeGreaterThan(KEPT_MOST / 2);
    expect(Math.min(...reactions)).toBeGreaterThanOrEqual(held(state).from - 1);
    expect(state.transcripts.get(CONVERSATION)?.atBeginning).toBe(false);
  });
  it('with much unread one begins where it begins, else at the end', () => {
    expect(holeOf(opened(LAST - 40), CONVERSATION)).toEqual({ kind: 'latest' });
    expect(holeOf(opened(LAST - 41), CONVERSATION)).toEqual({ kind: 'unread', sequence: LAST - 41 });
  });
});

describe('the client, far from the end', () => {
  const setUp = async (last: number, readMarker: number) => {
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
    client.start();
    network.last.open();
    network.last.push(welcome);
    network.last.push(snapshot(10, last, { tabs: [{ at: 10, doc: tab({ readMarker }) }] }));
    const asked: Page['data'][] = [];
    let answered = 0;
    const answer = async (): Promise<void> => {
      for (let round = 0; round < 5; round++) {
        const queries = network.last.of('query');
        for (const query of queries.slice(answered)) {
          answered++;
          if (query.name === 'transcript.messages') continue;
          if (query.name !== 'transcript.page') continue;
          asked.push(query.data);
          network.last.push({ t: 'answer', id: query.id, ok: true, result: pageOf(last, query.data) });
        }
        await settle();
      }
    };
    client.select(CONVERSATION);
    await answer();
    return { client, network, clock, asked, answer, held: () => held(client.state.data) };
  };

  it('opens at the first unread message, reads on from there, and goes to the end when asked to', async () => {
    const { client, asked, answer, held: now } = await setUp(1_000, 300);
    expect(asked).toEqual([{ conversationId: CONVERSATION, after: 280, limit: 100 }]);
    expect(now()).toMatchObject({ from: 281, to: 380, adrift: true });
    void client.loadNewer(CONVERSATION);
    await answer();
    expect(now()).toMatchObject({ from: 281, to: 430, adrift: true });
    void client.loadNewest(CONVERSATION);
    await answer();
    expect(now()).toMatchObject({ to: 1_000, adrift: false });
  });
  it('goes to a message far away, and tells when one may not see it', async () => {
    const { client, answer, held: now } = await setUp(1_000, 1_000);
    const found = client.loadAround(CONVERSATION, 100);
    await answer();
    expect(await found).toBe(true);
    expect(now()).toMatchObject({ from: 80, adrift: true });
    expect(await client.loadAround(CONVERSATION, 101)).toBe(true);
    const unseen = client.loadAround(CONVERSATION, 2_000);
    await answer();
    expect(await unseen).toBe(false);
  });
});
