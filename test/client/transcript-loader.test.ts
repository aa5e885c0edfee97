import type { Queries } from '../../src/application/protocol/index.js';
import { TranscriptLoader } from '../../frontend/src/client/transcript-loader.js';
import { applyFrame, applyPage, holeOf, linesOf, NOTHING, type ClientState } from '../../frontend/src/model/index.js';
import { FakeClock } from './support/fake-clock.js';
import { conversation, CONVERSATION, message, snapshot, tab } from './support/frames.js';
import { delta } from './support/groups.js';

type Page = Queries['transcript.page'];

/** Messages from `from` to `to`, as the server answers. */
const pageOf = (from: number, to: number): Page['result'] => ({
  messages: Array.from({ length: to - from + 1 }, (_, n) => ({ at: 1, doc: message(from + n) })),
  notices: [],
  reactions: [],
  more: from > 1,
});

/** A loader whose questions wait until the test answers them. */
const loading = () => {
  let state: ClientState = applyFrame(NOTHING, snapshot(1, 100, { tabs: [{ at: 1, doc: tab({ readMarker: 100 }) }] }));
  const asked: { readonly data: Page['data']; readonly answer: (page: Page['result'] | Error) => Promise<void> }[] = [];
  const loader = new TranscriptLoader({
    clock: new FakeClock(),
    state: () => state,
    isLive: () => true,
    ask: (data) =>
      new Promise((resolve, reject) => {
        const answer = async (page: Page['result'] | Error): Promise<void> => {
          if (page instanceof Error) reject(page);
          else resolve(page);
          await new Promise(setImmediate);
        };
        asked.push({ data, answer });
      }),
    loaded: (data, page, replaces) => (state = applyPage(state, data, page, replaces)),
    failed: () => undefined,
  });
  return { loader, asked, held: () => state };
};

describe('older messages, asked for while something else is loaded', () => {
  it('S63 come after it, for nobody asks a second time', async () => {
    const { loader, asked, held } = loading();
    loader.want(CONVERSATION);
    const older = loader.older(CONVERSATION);
    await asked[0]!.answer(pageOf(51, 100));
    expect(asked[1]?.data).toMatchObject({ before: 51 });
    await asked[1]!.answer(pageOf(1, 50));
    await older;
    expect(held().transcripts.get(CONVERSATION)).toMatchObject({ from: 1, to: 100, atBeginning: true });
  });

  it('S63 come after it even if it fails', async () => {
    const { loader, asked, held } = loading();
    loader.want(CONVERSATION);
    await asked[0]!.answer(pageOf(51, 100));
    const first = loader.older(CONVERSATION);
    await new Promise(setImmediate);
    const second = loader.older(CONVERSATION);
    await asked[1]!.answer(new Error('the link broke'));
    await first;
    expect(asked[2]?.data).toMatchObject({ before: 51 });
    await asked[2]!.answer(pageOf(1, 50));
    await second;
    expect(held().transcripts.get(CONVERSATION)?.from).toBe(1);
  });
});

/** Somebody writes the message of that number, and it is pushed. */
const written = (state: ClientState, sequence: number): ClientState =>
  delta(
    state,
    10 + sequence,
    { view: 'message', op: 'put', key: `message-${sequence}`, doc: message(sequence) },
    { view: 'conversation', op: 'put', key: CONVERSATION, doc: conversation(sequence) },
  );
const keysOf = (state: ClientState): readonly string[] =>
  linesOf(state, CONVERSATION, { dayOf: () => 'one', dividerAfter: 40 }).map(({ key }) => key);

describe('a conversation that is opened while messages come in', () => {
  const arrived = (readMarker: number): ClientState =>
    written(applyFrame(NOTHING, snapshot(1, 100, { tabs: [{ at: 1, doc: tab({ readMarker }) }] })), 101);

  it('S62 begins at the first unread message, wherever the first that came is', () => {
    expect(holeOf(arrived(40), CONVERSATION)).toEqual({ kind: 'unread', sequence: 40 });
    expect(holeOf(arrived(90), CONVERSATION)).toEqual({ kind: 'latest' });
  });

  it('S62 shows nothing until it is known where one begins to read, and then what came as well', () => {
    const unopened = written(arrived(90), 102);
    expect(keysOf(unopened)).toEqual([]);
    const read = applyPage(unopened, { conversationId: CONVERSATION, limit: 50 }, pageOf(51, 100), false);
    expect(holeOf(read, CONVERSATION)).toBeNull();
    expect(read.transcripts.get(CONVERSATION)).toMatchObject({ from: 51, to: 102 });
    expect(keysOf(read)).toContain('#new');
  });
});
