import type { Decider } from '../kernel/decider.js';
import type { ConversationCommand } from './commands.js';
import { decide } from './decide.js';
import type { ConversationEvent } from './events.js';
import { evolve } from './evolve.js';
import { produced } from './produced.js';
import type { ConversationRejection } from './rejections.js';
import { initialState, type ConversationState } from './state.js';

export type * from './commands.js';
export type * from './events.js';
export type * from './rejections.js';
export {
  invitationOf,
  isParticipant,
  participantsOf,
  type ConversationState,
  type Span,
  type StartedConversation,
} from './state.js';
export { STARTING_NOTICES } from './evolve.js';

export const conversation: Decider<ConversationState, ConversationCommand, ConversationEvent, ConversationRejection> = {
  initialState,
  decide,
  evolve,
  produced,
};
export { placeVisible, rangesOf, spansOf, staysOf, visible, type Place, type SeenRange } from './visibility.js';
