import { unreachable } from '../kernel/decider.js';
import type { UserId } from '../kernel/ids.js';
import type { ConversationEvent } from './events.js';
import type { ConversationState, Span } from './state.js';

const FROM_THE_START: readonly Span[] = Object.freeze([Object.freeze({ joinedAt: 0, leftAt: null })]);

export const evolve = (state: ConversationState, event: ConversationEvent): ConversationState => {
  switch (event.type) {
    case 'DirectConversationStarted': {
      const [one, other] = event.data.participants;
      const spans: Record<UserId, readonly Span[]> = { [one]: FROM_THE_START, [other]: FROM_THE_START };
      return { kind: 'direct', spans, lastSequence: 0 };
    }
    case 'MessagePosted':
      return state.kind === 'unstarted' ? state : { ...state, lastSequence: event.data.sequence };
    default:
      return unreachable(event);
  }
};
