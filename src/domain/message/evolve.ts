import { unreachable } from '../kernel/decider.js';
import type { MessageEvent, ReactionAdded, ReactionRemoved } from './events.js';
import { reactionsOf, type MessageState } from './state.js';

export const evolve = (state: MessageState, event: MessageEvent): MessageState => {
  switch (event.type) {
    case 'MessageCorrected':
      return { ...state, corrections: event.data.correction };
    case 'MessageRetracted':
      return { ...state, retracted: true };
    case 'ReactionAdded': {
      const { user, reaction } = event.data;
      return { ...state, reactions: { ...state.reactions, [user]: [...othersOf(state, event), reaction] } };
    }
    case 'ReactionRemoved':
      return { ...state, reactions: { ...state.reactions, [event.data.user]: othersOf(state, event) } };
    default:
      return unreachable(event);
  }
};

/** What else the person reacted with. */
const othersOf = (state: MessageState, { data }: ReactionAdded | ReactionRemoved): readonly string[] =>
  reactionsOf(state, data.user).filter((one) => one !== data.reaction);
