import type { ViewChange } from '../../src/application/protocol/index.js';
import { Quotations } from '../../frontend/src/client/quotations.js';
import { messageWordsEn } from '../../frontend/src/i18n/message-words-en.js';
import { messageWordsFr } from '../../frontend/src/i18n/message-words-fr.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { CONVERSATION, message } from './support/frames.js';

const setUp = () => {
  const clock = new FakeClock();
  const asked: number[][] = [];
  const quotations = new Quotations(clock, ({ sequences }) => {
    asked.push(sequences);
    const seen = sequences.filter((sequence) => sequence > 10);
    return Promise.resolve({ messages: seen.map((sequence) => ({ at: sequence, doc: message(sequence) })) });
  });
  const get = (sequence: number) => quotations.get(CONVERSATION, sequence);
  const load = async (...sequences: number[]): Promise<void> => {
    for (const sequence of sequences) get(sequence);
    clock.pass(100);
    await settle();
  };
  const change = (at: number, ...changes: ViewChange[]): void => {
    quotations.received({ t: 'delta', n: 1, at, changes });
  };
  return { asked, get, load, change };
};

describe('messages that others answer', () => {
  it('S41 are asked for together; what the server does not show stays unseen', async () => {
    const { asked, get, load } = setUp();
    expect(get(11)).toBeUndefined();
    await load(11, 12, 3);
    expect(asked).toEqual([[11, 12, 3]]);
    expect(get(11)?.text).toBe('text 11');
    expect(get(3)).toBeNull();
    await load(11, 3);
    expect(asked).toHaveLength(1);
  });
  it('a retraction reaches them, an older change does not', async () => {
    const { get, load, change } = setUp();
    await load(11);
    const key = `${CONVERSATION}/11`;
    change(5, { view: 'message', op: 'patch', key, set: { text: 'older' } });
    expect(get(11)?.text).toBe('text 11');
    change(20, { view: 'message', op: 'patch', key, set: { text: null, retractedAt: 9 } });
    expect(get(11)?.text).toBeNull();
  });
  it('S57 an answer that comes after leaving brings none of them back', async () => {
    let answer: (() => void) | null = null;
    const clock = new FakeClock();
    const quotations = new Quotations(
      clock,
      () =>
        new Promise((resolve) => {
          answer = () => {
            resolve({ messages: [{ at: 11, doc: message(11) }] });
          };
        }),
    );
    quotations.get(CONVERSATION, 11);
    clock.pass(100);
    quotations.received({
      t: 'delta',
      n: 1,
      at: 20,
      changes: [{ view: 'conversation', op: 'remove', key: CONVERSATION }],
    });
    (answer as (() => void) | null)?.();
    await settle();
    expect(quotations.get(CONVERSATION, 11)).toBeUndefined();
  });
  it('S57 who leaves keeps none of them', async () => {
    const { get, load, change } = setUp();
    await load(11);
    change(20, { view: 'conversation', op: 'remove', key: CONVERSATION });
    expect(get(11)).toBeUndefined();
  });
});

describe('words of messages', () => {
  it('S106 are there in both languages, none of them empty, all of them translated', () => {
    const saidBy = (words: object): Record<string, string> =>
      Object.fromEntries(
        Object.entries(words).map(([key, word]: [string, unknown]) => [
          key,
          typeof word === 'function' ? (word as (...values: unknown[]) => string)(['x'], 'y', 2) : JSON.stringify(word),
        ]),
      );
    const [english, french] = [saidBy(messageWordsEn), saidBy(messageWordsFr)];
    expect(Object.keys(french)).toEqual(Object.keys(english));
    for (const key of Object.keys(english).filter((one) => one !== 'moreReaders')) {
      expect([key, english[key]]).not.toEqual([key, '""']);
      expect([key, french[key]]).not.toEqual([key, english[key]]);
    }
  });
});
