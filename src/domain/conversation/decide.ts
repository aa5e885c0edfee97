import { accepted, rejected, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { ConversationCommand, PostMessage, StartDirectConversation } from './commands.js';
import type { ConversationEvent } from './events.js';
import type { ConversationRejection } from './rejections.js';
import { isParticipant, type ConversationState } from './state.js';

type Result = Decision<ConversationEvent, ConversationRejection>;

/** Counts code points without building an array; stops as soon as the limit is passed. */
const isLongerThan = (text: string, limit: number): boolean => {
  if (text.length <= limit) return false;
  let count = 0;
  for (const _ of text) if (++count > limit) return true;
  return false;
};

export const decide = (command: ConversationCommand, state: ConversationState, context: DecisionContext): Result => {
  switch (command.type) {
    case 'StartDirectConversation':
      return startDirect(command, state, context);
    case 'PostMessage':
      return post(command, state, context);
    default:
      return unreachable(command);
  }
};

const startDirect = ({ data }: StartDirectConversation, state: ConversationState, context: DecisionContext): Result => {
  if (data.with === context.principal) return rejected('with-oneself');
  if (state.kind !== 'unstarted') return isParticipant(state, context.principal) ? accepted() : rejected('not-found');
  return accepted({
    type: 'DirectConversationStarted',
    data: {
      conversationId: data.conversationId,
      startedBy: context.principal,
      participants: [context.principal, data.with],
      startedAt: context.now,
    },
  });
};

const post = ({ data }: PostMessage, state: ConversationState, context: DecisionContext): Result => {
  if (state.kind === 'unstarted' || !isParticipant(state, context.principal)) return rejected('not-found');
  if (data.text.trim() === '') return rejected('message-blank');
  if (isLongerThan(data.text, context.limits.messageCodePoints)) return rejected('message-too-long');
  return accepted({
    type: 'MessagePosted',
    data: {
      conversationId: data.conversationId,
      messageId: data.messageId,
      sequence: state.lastSequence + 1,
      author: context.principal,
      text: data.text,
      postedAt: context.now,
    },
  });
};

/** See `Decider.produced`. An erased text can no longer be compared and counts as equal. */
export const produced = (command: ConversationCommand, events: readonly ConversationEvent[]): boolean => {
  const [event] = events;
  switch (command.type) {
    case 'StartDirectConversation':
      return event?.type === 'DirectConversationStarted' && event.data.participants.includes(command.data.with);
    case 'PostMessage':
      return (
        event?.type === 'MessagePosted' &&
        event.data.messageId === command.data.messageId &&
        (event.data.text === null || event.data.text === command.data.text)
      );
    default:
      return unreachable(command);
  }
};
