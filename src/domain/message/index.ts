import type { Decider } from '../kernel/decider.js';
import type { MessageCommand } from './commands.js';
import { decide, produced } from './decide.js';
import type { MessageEvent } from './events.js';
import { evolve } from './evolve.js';
import type { MessageRejection } from './rejections.js';
import { initialState, type MessageState } from './state.js';

export type * from './commands.js';
export type * from './events.js';
export type * from './rejections.js';
export { type MessageState } from './state.js';

export const message: Decider<MessageState, MessageCommand, MessageEvent, MessageRejection> = {
  initialState,
  decide,
  evolve,
  produced,
};
export { conversationIn, messageName } from './name.js';
