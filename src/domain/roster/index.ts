import type { Decider } from '../kernel/decider.js';
import type { RosterCommand } from './commands.js';
import { decide, produced } from './decide.js';
import type { RosterEvent } from './events.js';
import { evolve } from './evolve.js';
import type { RosterRejection } from './rejections.js';
import { initialState, type RosterState } from './state.js';

export type * from './commands.js';
export type * from './events.js';
export type * from './rejections.js';
export {
  acceptedFavorites,
  isAcceptedFavorite,
  isFavorite,
  isWatcher,
  type Asked,
  type Received,
  type RosterState,
} from './state.js';

export const roster: Decider<RosterState, RosterCommand, RosterEvent, RosterRejection> = {
  initialState,
  decide,
  evolve,
  produced,
};
