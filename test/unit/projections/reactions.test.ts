import { johnDoe, johnSmith } from '../../../src/domain/conversation/examples.js';
import {
  messageCorrected,
  messageRetracted,
  reactionAdded,
  reactionRemoved,
} from '../../../src/domain/message/examples.js';
import { messageKey } from '../../../src/projections/transcript/transcript.model.js';
import { reactionKey } from '../../../src/projections/reactions/reactions.model.js';
import { reactions } from '../../../src/projections/reactions/reactions.projection.js';
import { projectionHarness } from '../../support/projection-harness.js';

const { given } = projectionHarness(reactions);

const by = (user: typeof johnDoe, reaction: string) => ({
  ...reactionAdded,
  data: { ...reactionAdded.data, user, reaction },
});
const kept = (...all: (typeof reactionAdded)[]) => Object.fromEntries(all.map(({ data }) => [reactionKey(data), data]));

describe('reactions', () => {
  it('ReactionAdded keeps one for each person and emoji', () => {
    const all = [reactionAdded, by(johnDoe, '👍'), by(johnSmith, '👩🏽‍🚀')];
    return given(...all, reactionAdded).then(kept(...all));
  });

  it('ReactionRemoved takes away that one only, and it can come again', async () => {
    await given(reactionAdded, by(johnDoe, '👍'), reactionRemoved).then(kept(by(johnDoe, '👍')));
    await given(reactionAdded, reactionRemoved, reactionAdded).then(kept(reactionAdded));
    await given(reactionRemoved).then({});
  });

  it('what becomes of the message is no matter of theirs', () =>
    given(reactionAdded, messageCorrected, messageRetracted).then(kept(reactionAdded)));

  it('have keys of ASCII that stand with their message, one for each emoji', () => {
    const { conversationId, sequence } = reactionAdded.data;
    const keys = ['👍', '👍🏽', '❤️', '👩🏽‍🚀', '1️⃣'].map((reaction) => reactionKey({ ...reactionAdded.data, reaction }));
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]+$/);
    for (const key of keys) expect(key.startsWith(`${messageKey(conversationId, sequence)}/`)).toBe(true);
  });
});
