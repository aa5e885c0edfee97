import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { conversation, isParticipant } from '../../../src/domain/conversation/index.js';
import {
  doeAndSmith,
  doePosted,
  doeStartedWithSmith,
  johnDoe,
  johnSmith,
} from '../../../src/domain/conversation/examples.js';
import type { ConversationCommand, MessagePosted } from '../../../src/domain/conversation/index.js';
import { asId, type MessageId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { deciderHarness } from '../../support/decider-harness.js';

const { given, state, produced } = deciderHarness('conversation', conversation);

const magnum = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a03');
const now = asInstant(1_700_000_500_000);
const limits = DEFAULT_LIMITS;
const asDoe = { principal: johnDoe, now, limits };
const asSmith = { principal: johnSmith, now, limits };
const asMagnum = { principal: magnum, now, limits };
const messageId = asId<MessageId>('5d3cbd0a-1f61-4a57-8f4a-0000000000ff');

const start = (other: UserId): ConversationCommand => ({
  type: 'StartDirectConversation',
  data: { conversationId: doeAndSmith, with: other },
});
const post = (text: string, id = messageId): ConversationCommand => ({
  type: 'PostMessage',
  data: { conversationId: doeAndSmith, messageId: id, text, replyTo: null, mentions: [] },
});
const posted = (author: UserId, sequence: number, text: string): MessagePosted => ({
  type: 'MessagePosted',
  data: { conversationId: doeAndSmith, messageId, sequence, author, text, replyTo: null, mentions: [], postedAt: now },
});

describe('starting a private conversation', () => {
  it('S11 starts with the asker first, and both take part', async () => {
    const after = await given()
      .when(start(johnSmith), asDoe)
      .then([{ ...doeStartedWithSmith, data: { ...doeStartedWithSmith.data, startedAt: now } }]);
    expect(isParticipant(after, johnDoe)).toBe(true);
    expect(isParticipant(after, johnSmith)).toBe(true);
    expect(isParticipant(after, magnum)).toBe(false);
  });

  it('S86 changes nothing the second time, for either of the two', async () => {
    await given(doeStartedWithSmith).when(start(johnSmith), asDoe).then([]);
    await given(doeStartedWithSmith, doePosted(1)).when(start(johnDoe), asSmith).then([]);
  });

  it('S11 is refused with oneself, before and after it began', async () => {
    await given().when(start(johnDoe), asDoe).then({ rejected: 'with-oneself' });
    await given(doeStartedWithSmith).when(start(johnDoe), asDoe).then({ rejected: 'with-oneself' });
  });

  it('SEC-9 tells a third person nothing about a conversation of two others', async () => {
    await given(doeStartedWithSmith).when(start(johnSmith), asMagnum).then({ rejected: 'not-found' });
  });
});

describe('posting a message', () => {
  it('S19 posts for the one who started, with the first sequence', async () => {
    await given(doeStartedWithSmith)
      .when(post('Hi John'), asDoe)
      .then([posted(johnDoe, 1, 'Hi John')]);
  });

  it('S19 posts for the other person, with the next sequence', async () => {
    const after = await given(doeStartedWithSmith, doePosted(1), doePosted(2))
      .when(post('Hello'), asSmith)
      .then([posted(johnSmith, 3, 'Hello')]);
    expect(after).toMatchObject({ lastSequence: 3 });
  });

  it('S23 names author and instant by the context alone', async () => {
    await given(doeStartedWithSmith)
      .when(post('Hi'), { principal: johnSmith, now: asInstant(42), limits })
      .then([{ ...posted(johnSmith, 1, 'Hi'), data: { ...posted(johnSmith, 1, 'Hi').data, postedAt: asInstant(42) } }]);
  });

  it.each([
    ['S20 a line break', 'a\nb'],
    ['S21 several line breaks', 'a\r\n\n\nb\n'],
    ['S21 white space around the text', '  indented\t'],
    ['S23 markup as plain text', '<b>bold</b> & "quotes" \\ \u0000'],
    ['S23 other scripts and emoji', 'שלום 你好 é e\u0301 👩‍👩‍👧‍👦'],
  ])('%s is kept as it was written', async (_what, text) => {
    await given(doeStartedWithSmith)
      .when(post(text), asDoe)
      .then([posted(johnDoe, 1, text)]);
  });

  it.each(['', ' ', '\n', '\r\n\t ', '\u00a0', '\u2003\u3000', '\ufeff'])(
    'S22 refuses a blank message: %j',
    async (text) => {
      await given(doeStartedWithSmith).when(post(text), asDoe).then({ rejected: 'message-blank' });
    },
  );

  it('SEC-9 answers alike for a conversation that is not there and one that is not the asker’s', async () => {
    await given().when(post('Hi'), asDoe).then({ rejected: 'not-found' });
    await given(doeStartedWithSmith).when(post('Hi'), asMagnum).then({ rejected: 'not-found' });
  });

  it('SEC-9 answers an outsider before it looks at the text', async () => {
    await given(doeStartedWithSmith).when(post(''), asMagnum).then({ rejected: 'not-found' });
    await given(doeStartedWithSmith)
      .when(post('x'.repeat(limits.messageCodePoints + 1)), asMagnum)
      .then({ rejected: 'not-found' });
  });
});

describe('the longest message', () => {
  it('SEC-18 has 8,000 code points', () => {
    expect(limits.messageCodePoints).toBe(8_000);
  });

  it.each([
    ['one-unit characters', 'x'],
    ['astral characters', '😀'],
  ])('SEC-18 is accepted at the limit and refused one above it: %s', async (_what, character) => {
    const longest = character.repeat(limits.messageCodePoints);
    await given(doeStartedWithSmith)
      .when(post(longest), asDoe)
      .then([posted(johnDoe, 1, longest)]);
    await given(doeStartedWithSmith)
      .when(post(longest + character), asDoe)
      .then({ rejected: 'message-too-long' });
  });

  it('SEC-18 counts code points, not code units, in a mixed text', async () => {
    const mixed = 'é😀'.repeat(limits.messageCodePoints / 2);
    expect(mixed.length).toBe(12_000);
    await given(doeStartedWithSmith)
      .when(post(mixed), asDoe)
      .then([posted(johnDoe, 1, mixed)]);
    await given(doeStartedWithSmith)
      .when(post(`${mixed}.`), asDoe)
      .then({ rejected: 'message-too-long' });
  });

  it('S22 a long blank text is blank rather than long', async () => {
    await given(doeStartedWithSmith)
      .when(post(' '.repeat(limits.messageCodePoints + 1)), asDoe)
      .then({ rejected: 'message-blank' });
  });
});

describe('the same command id again', () => {
  it('R5 knows the message that the same posting made', () => {
    expect(produced(post('Hi'), [posted(johnDoe, 1, 'Hi')])).toBe(true);
  });

  it('R5 refuses another text, another message id or another kind of command under the same id', () => {
    expect(produced(post('Hi!'), [posted(johnDoe, 1, 'Hi')])).toBe(false);
    expect(
      produced(post('Hi', asId<MessageId>('5d3cbd0a-1f61-4a57-8f4a-0000000000fe')), [posted(johnDoe, 1, 'Hi')]),
    ).toBe(false);
    expect(produced(start(johnSmith), [posted(johnDoe, 1, 'Hi')])).toBe(false);
    expect(produced(post('Hi'), [doeStartedWithSmith])).toBe(false);
  });

  it('R5 tells a start with one person from a start with another', () => {
    expect(produced(start(johnSmith), [doeStartedWithSmith])).toBe(true);
    expect(produced(start(magnum), [doeStartedWithSmith])).toBe(false);
  });

  it('R5 takes no event for none of its own', () => {
    expect(produced(post('Hi'), [])).toBe(false);
    expect(produced(start(johnSmith), [])).toBe(false);
  });

  it('SEC-27 lets an erased text count as the same', () => {
    const erased = { ...doePosted(1), data: { ...doePosted(1).data, text: null } };
    expect(produced(post('Hi', erased.data.messageId), [erased])).toBe(true);
  });
});

describe('the state', () => {
  it('SEC-27 never holds a text, so that a snapshot needs no erasure', () => {
    const secret = 'a text that nobody else may keep';
    expect(JSON.stringify(state(doeStartedWithSmith, doePosted(1, secret)))).not.toContain(secret);
  });

  it('R24 folds an erased message as any other', () => {
    const erased = { ...doePosted(1), data: { ...doePosted(1).data, text: null } };
    expect(state(doeStartedWithSmith, erased)).toEqual(state(doeStartedWithSmith, doePosted(1)));
  });

  it('R24 a message without a start leaves the conversation unstarted', () => {
    expect(state(doePosted(1))).toEqual({ kind: 'unstarted' });
  });

  it('S41 counts stays from the sequence they began at', () => {
    const always = [{ joinedAt: 0, leftAt: null, firstNotice: 1, lastNotice: null }];
    expect(state(doeStartedWithSmith)).toEqual({
      kind: 'direct',
      startedAt: 1_700_000_000_000,
      title: null,
      spans: { [johnDoe]: always, [johnSmith]: always },
      present: 2,
      invitations: {},
      lastSequence: 0,
      lastNotice: 0,
      lastPostedAt: null,
    });
  });
});
