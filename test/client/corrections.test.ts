import type { ErrorCode } from '../../src/application/protocol/index.js';
import { Corrections } from '../../frontend/src/client/corrections.js';
import { Store } from '../../frontend/src/client/store.js';

const setUp = (answers: (ErrorCode | null)[]) => {
  const store = new Store();
  const sent: string[] = [];
  const corrections = new Corrections(store, ({ text }) => {
    sent.push(text);
    return Promise.resolve(answers.shift() ?? null);
  });
  return { store, sent, corrections, texts: () => store.state.unsaved.map(({ text }) => text) };
};
const first = { conversationId: 'c', sequence: 1, text: 'what I meant' };
const other = { conversationId: 'c', sequence: 2, text: 'something else' };

describe('corrections that were refused', () => {
  it('are kept, the last one of each message', () => {
    const { corrections, texts } = setUp([]);
    corrections.keep(first);
    corrections.keep(other);
    corrections.keep({ ...first, text: 'or rather' });
    expect(texts()).toEqual(['something else', 'or rather']);
  });

  it('stay when they are refused again, and go when they are taken or given up', async () => {
    const { store, sent, corrections, texts } = setUp(['not-found', null]);
    corrections.keep(first);
    corrections.keep(other);
    expect(await corrections.retry(store.state.unsaved[0]!)).toBe('not-found');
    expect(texts()).toEqual(['what I meant', 'something else']);
    expect(await corrections.retry(store.state.unsaved[0]!)).toBeNull();
    expect(sent).toEqual(['what I meant', 'what I meant']);
    expect(texts()).toEqual(['something else']);
    corrections.discard(other);
    expect(texts()).toEqual([]);
  });

  it('what was kept while an older text was being sent stays', async () => {
    const { store, corrections, texts } = setUp([null]);
    corrections.keep(first);
    const sending = corrections.retry(store.state.unsaved[0]!);
    corrections.keep({ ...first, text: 'even better' });
    await sending;
    expect(texts()).toEqual(['even better']);
  });
});
