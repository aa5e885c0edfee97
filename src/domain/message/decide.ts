import { isLongerThan } from '../kernel/code-points.js';
import { accepted, rejected, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { MessageCommand } from './commands.js';
import type { MessageEvent } from './events.js';
import type { MessageRejection } from './rejections.js';
import { emojiOn, reactionsOf, type MessageState } from './state.js';

type Result = Decision<MessageEvent, MessageRejection>;

/** One emoji as people know it, sequences with skin tone or gender included (Unicode Technical Standard 51, `RGI_Emoji`). */
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');
/** Reactions of one person to one message. */
const REACTIONS_MOST = 10;
/** Different emoji on one message: whoever comes later picks one of them. */
const EMOJI_MOST = 50;
/** A message that was changed so often is a document. */
const CORRECTIONS_MOST = 100;

export const decide = (
  command: MessageCommand,
  state: MessageState,
  { principal, now, limits }: DecisionContext,
): Result => {
  const { conversationId, sequence } = command.data;
  const base = { conversationId, sequence };
  if ('author' in command.data && command.data.author !== principal) return rejected('not-the-author');
  if (command.type === 'RetractMessage')
    return state.retracted
      ? accepted()
      : accepted({
          type: 'MessageRetracted',
          data: { ...base, author: principal, mentions: command.data.mentions, retractedAt: now },
        });
  if (state.retracted) return rejected('message-retracted');
  switch (command.type) {
    case 'CorrectMessage': {
      const { text } = command.data;
      if (text.trim() === '') return rejected('message-blank');
      if (isLongerThan(text, limits.messageCodePoints)) return rejected('message-too-long');
      if (state.corrections >= CORRECTIONS_MOST) return rejected('too-many-corrections');
      const correction = state.corrections + 1;
      return accepted({
        type: 'MessageCorrected',
        data: { ...base, author: principal, text, correction, correctedAt: now },
      });
    }
    case 'AddReaction': {
      const { reaction } = command.data;
      const own = reactionsOf(state, principal);
      if (own.includes(reaction)) return accepted();
      if (!EMOJI.test(reaction)) return rejected('reaction-unknown');
      if (own.length >= REACTIONS_MOST) return rejected('too-many-reactions');
      const there = emojiOn(state);
      if (there.size >= EMOJI_MOST && !there.has(reaction)) return rejected('too-many-emoji');
      return accepted({ type: 'ReactionAdded', data: { ...base, user: principal, reaction, addedAt: now } });
    }
    case 'RemoveReaction': {
      const { reaction } = command.data;
      return reactionsOf(state, principal).includes(reaction)
        ? accepted({ type: 'ReactionRemoved', data: { ...base, user: principal, reaction, removedAt: now } })
        : accepted();
    }
    default:
      return unreachable(command);
  }
};

const NAMES = {
  CorrectMessage: 'MessageCorrected',
  RetractMessage: 'MessageRetracted',
  AddReaction: 'ReactionAdded',
  RemoveReaction: 'ReactionRemoved',
} as const;

/** See `Decider.produced`. An erased text can no longer be compared and counts as equal. */
export const produced = (command: MessageCommand, events: readonly MessageEvent[]): boolean => {
  const [event] = events;
  if (event?.type !== NAMES[command.type] || event.data.sequence !== command.data.sequence) return false;
  if (command.type === 'CorrectMessage' && event.type === 'MessageCorrected')
    return event.data.text === null || event.data.text === command.data.text;
  if ('reaction' in command.data && 'reaction' in event.data) return event.data.reaction === command.data.reaction;
  return true;
};
