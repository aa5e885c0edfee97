import { doeAndSmith, doePosted, doeStartedWithSmith, smithJoined } from '../../../src/domain/conversation/examples.js';
import { messageCorrected, messageRetracted, reactionAdded } from '../../../src/domain/message/examples.js';
import { messageKey } from '../../../src/projections/transcript/transcript.model.js';
import { termOf } from '../../../src/projections/words/words.model.js';
import { words } from '../../../src/projections/words/words.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(words);

const found = (sequence: number, ...terms: string[]) => {
  const { conversationId, author, postedAt } = doePosted(sequence).data;
  return {
    [messageKey(doeAndSmith, sequence)]: {
      conversationId,
      sequence,
      author,
      postedAt,
      terms: terms.map((word) => termOf(doeAndSmith, word)),
    },
  };
};

describe('words', () => {
  it('MessagePosted makes its words found, each once, folded, and in its conversation only', () =>
    given(doeStartedWithSmith, doePosted(1, 'Été, été: l’ÉTÉ!'), doePosted(2, '😀')).then({
      ...found(1, 'ete', 'l'),
      ...found(2),
    }));

  it('S41 a term names its conversation, so that no word of another one begins alike', () => {
    expect(termOf(doeAndSmith, 'hi')).toBe(`${doeAndSmith}/hi`);
  });

  it('MessageCorrected makes the new words found, and the old ones no more', () =>
    given(doePosted(1, 'old secret'), messageCorrected).then(found(1, 'hi', 'john')));

  it('MessageRetracted leaves nothing, whatever comes late', () =>
    given(doePosted(1, 'secret'), messageRetracted, messageCorrected).then({}));

  it('keeps some of the words of a message that is a book', () => {
    const text = Array.from({ length: 700 }, (_, n) => `w${n}`);
    return given(doePosted(1, text.join(' '))).then(found(1, ...text.slice(0, 500)));
  });

  it('SEC-27 an erased text has no words', () =>
    given({ ...doePosted(1), data: { ...doePosted(1).data, text: null } }).then(found(1)));

  it('nothing else concerns them', () => given(smithJoined, reactionAdded, messageCorrected).then({}));
});
