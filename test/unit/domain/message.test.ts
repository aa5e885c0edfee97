import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { johnDoe, johnSmith } from '../../../src/domain/conversation/examples.js';
import { asId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import {
  messageCorrected,
  messageRetracted,
  reactionAdded,
  reactionRemoved,
} from '../../../src/domain/message/examples.js';
import { message, type MessageCommand, type MessageCorrected } from '../../../src/domain/message/index.js';
import { deciderHarness } from '../../support/decider-harness.js';

const { given, state, produced } = deciderHarness('message', message);

const now = asInstant(1_700_000_500_000);
const as = (principal: UserId) => ({ principal, now, limits: { ...DEFAULT_LIMITS, messageCodePoints: 20 } });
const { conversationId, sequence } = messageCorrected.data;
/** Doe wrote the message. */
const concerns = { conversationId, sequence, author: johnDoe };

const correct = (text: string): MessageCommand => ({ type: 'CorrectMessage', data: { ...concerns, text } });
const retract: MessageCommand = { type: 'RetractMessage', data: { ...concerns, mentions: [johnSmith] } };
const react = (reaction: string): MessageCommand => ({
  type: 'AddReaction',
  data: { conversationId, sequence, reaction },
});
const unreact = (reaction: string): MessageCommand => ({
  type: 'RemoveReaction',
  data: { conversationId, sequence, reaction },
});
const corrected = (text: string, correction: number): MessageCorrected => ({
  type: 'MessageCorrected',
  data: { ...messageCorrected.data, text, correction, correctedAt: now },
});
const retracted = { ...messageRetracted, data: { ...messageRetracted.data, mentions: [johnSmith], retractedAt: now } };
const added = (reaction: string, user = johnSmith) => ({
  ...reactionAdded,
  data: { ...reactionAdded.data, user, reaction, addedAt: now },
});

describe('correcting a message', () => {
  it('is for its author, as often as they like, and each is counted', async () => {
    await given()
      .when(correct('Hi John!'), as(johnDoe))
      .then([corrected('Hi John!', 1)]);
    await given(messageCorrected)
      .when(correct(' two\nlines '), as(johnDoe))
      .then([corrected(' two\nlines ', 2)]);
  });

  it('SEC-9 is for nobody else, who learns nothing of what became of it', async () => {
    for (const events of [[], [messageRetracted]])
      for (const command of [correct('Mine now'), retract])
        await given(...events)
          .when(command, as(johnSmith))
          .then({ rejected: 'not-the-author' });
  });

  it('S22 SEC-18 takes what a message takes', async () => {
    await given().when(correct(' \n'), as(johnDoe)).then({ rejected: 'message-blank' });
    await given()
      .when(correct('😀'.repeat(20)), as(johnDoe))
      .then([corrected('😀'.repeat(20), 1)]);
    await given()
      .when(correct('😀'.repeat(21)), as(johnDoe))
      .then({ rejected: 'message-too-long' });
  });

  it('ends after a hundred times', async () => {
    await given(corrected('a', 99))
      .when(correct('b'), as(johnDoe))
      .then([corrected('b', 100)]);
    await given(corrected('a', 100)).when(correct('b'), as(johnDoe)).then({ rejected: 'too-many-corrections' });
  });

  it('brings nothing back that was retracted', async () => {
    await given(messageRetracted).when(correct('Hi'), as(johnDoe)).then({ rejected: 'message-retracted' });
  });
});

describe('retracting a message', () => {
  it('is for its author, corrected or not, and happens once', async () => {
    await given().when(retract, as(johnDoe)).then([retracted]);
    await given(messageCorrected).when(retract, as(johnDoe)).then([retracted]);
    await given(messageRetracted).when(retract, as(johnDoe)).then([]);
  });
});

describe('reacting to a message', () => {
  it.each(['👍', '❤️', '👩🏽‍🚀', '🏴‍☠️', '🇫🇷', '1️⃣'])('takes one emoji: %s', async (emoji) => {
    await given()
      .when(react(emoji), as(johnSmith))
      .then([added(emoji)]);
  });

  it.each(['', 'a', '👍👍', ' 👍', 'like', '<b>', '\ud83d', '\u200d', '1', '👍\u0000'])(
    'takes nothing else: %j',
    async (text) => {
      await given().when(react(text), as(johnSmith)).then({ rejected: 'reaction-unknown' });
    },
  );

  it('S86 changes nothing the second time, and counts for each person', async () => {
    await given(reactionAdded).when(react('👍'), as(johnSmith)).then([]);
    await given(reactionAdded)
      .when(react('👍'), as(johnDoe))
      .then([added('👍', johnDoe)]);
  });

  it('takes ten of one person', async () => {
    const ten = ['😀', '😁', '😂', '🤣', '😃', '😄', '😅', '😆', '😉', '😊'].map((emoji) => added(emoji));
    await given(...ten)
      .when(react('👍'), as(johnSmith))
      .then({ rejected: 'too-many-reactions' });
    await given(...ten)
      .when(react('😀'), as(johnSmith))
      .then([]);
    await given(...ten)
      .when(react('👍'), as(johnDoe))
      .then([added('👍', johnDoe)]);
  });

  it('takes fifty different ones of all people together; who joins one that is there is not counted', async () => {
    const nth = (n: number): UserId => asId<UserId>(`0b8f6d5e-3a34-4c58-9f0e-${String(n).padStart(12, '0')}`);
    const fifty = Array.from({ length: 50 }, (_, n) => added(String.fromCodePoint(0x1f600 + n), nth(n % 5)));
    await given(...fifty.slice(1))
      .when(react('👍'), as(johnSmith))
      .then([added('👍', johnSmith)]);
    await given(...fifty)
      .when(react('👍'), as(johnSmith))
      .then({ rejected: 'too-many-emoji' });
    await given(...fifty)
      .when(react('😀'), as(johnSmith))
      .then([added('😀', johnSmith)]);
    const last = { ...reactionRemoved, data: { ...reactionRemoved.data, user: nth(0), reaction: '😀' } };
    await given(...fifty, last)
      .when(react('👍'), as(johnSmith))
      .then([added('👍', johnSmith)]);
  });

  it('can be taken back, by whoever did', async () => {
    const removed = { ...reactionRemoved, data: { ...reactionRemoved.data, removedAt: now } };
    const after = await given(reactionAdded).when(unreact('👍'), as(johnSmith)).then([removed]);
    expect(after.reactions[johnSmith]).toEqual([]);
    await given(reactionAdded).when(unreact('👍'), as(johnDoe)).then([]);
    await given(reactionAdded).when(unreact('❤️'), as(johnSmith)).then([]);
    await given(reactionAdded, reactionRemoved)
      .when(react('👍'), as(johnSmith))
      .then([added('👍')]);
  });

  it('ends when the message is retracted', async () => {
    for (const command of [react('👍'), unreact('👍')])
      await given(reactionAdded, messageRetracted).when(command, as(johnSmith)).then({ rejected: 'message-retracted' });
  });
});

describe('the same command id again', () => {
  it('R5 knows what the same command made', () => {
    expect(produced(correct('Hi John!'), [messageCorrected])).toBe(true);
    expect(produced(retract, [messageRetracted])).toBe(true);
    expect(produced(react('👍'), [reactionAdded])).toBe(true);
    expect(produced(unreact('👍'), [reactionRemoved])).toBe(true);
  });

  it('R5 refuses another text, emoji, message or kind of command', () => {
    expect(produced(correct('Other'), [messageCorrected])).toBe(false);
    expect(produced(react('❤️'), [reactionAdded])).toBe(false);
    expect(produced(unreact('👍'), [reactionAdded])).toBe(false);
    expect(produced(retract, [messageCorrected])).toBe(false);
    expect(produced(retract, [])).toBe(false);
    expect(produced({ ...retract, data: { ...concerns, mentions: [], sequence: 2 } }, [messageRetracted])).toBe(false);
  });

  it('SEC-27 lets an erased text count as the same', () => {
    expect(produced(correct('Hi'), [{ ...messageCorrected, data: { ...messageCorrected.data, text: null } }])).toBe(
      true,
    );
  });
});

describe('the state', () => {
  it('SEC-27 never holds a text, so that a snapshot needs no erasure', () => {
    expect(JSON.stringify(state(corrected('a secret', 1), messageRetracted))).not.toContain('secret');
  });

  it('R24 comes to the same when an event is folded twice', () => {
    expect(state(reactionAdded, reactionAdded, messageCorrected, messageCorrected)).toEqual(
      state(reactionAdded, messageCorrected),
    );
  });
});
