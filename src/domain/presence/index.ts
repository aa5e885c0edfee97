import type { Decider } from '../kernel/decider.js';
import type { PresenceCommand } from './commands.js';
import { decide, produced } from './decide.js';
import type { PresenceEvent } from './events.js';
import { evolve } from './evolve.js';
import type { PresenceRejection } from './rejections.js';
import { initialState, type PresenceState } from './state.js';

export type * from './commands.js';
export type * from './events.js';
export type * from './rejections.js';
export { effectiveOf, type EffectivePresence, type Reason } from './effective.js';
export { resultOf } from './state.js';
export type * from './state.js';

export const presence: Decider<PresenceState, PresenceCommand, PresenceEvent, PresenceRejection> = {
  initialState,
  decide,
  evolve,
  produced,
};
