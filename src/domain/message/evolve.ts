import { unreachable } from '../kernel/decider.js';
import type { MessageEvent } from './events.js';
import { reactionsOf, type MessageState } from './state.js';

export const evolve = (state: MessageState, event: MessageEvent): MessageState => {
  switch (event.type) {
    case 'MessageCorrected':
      return { ...state, corrections: event.data.correction };
    case 'MessageRetracted':
      return { ...state, retracted: true };
    case 'ReactionAdded': {
      const { user, reaction } = event.data;
      return { ...state, reactions: { ...state.reactions, [user]: [...reactionsOf(state, user), reaction] } };
    }
    case 'ReactionRemoved': {
      const { user, reaction } = event.data;
      const left = reactionsOf(state, user).filter((one) => one !== reaction);
      return { ...state, reactions: { ...state.reactions, [user]: left } };
    }
    default:
      return unreachable(event);
  }
};
