import type { Decider } from '../kernel/decider.js';
import type { AccountCommand } from './commands.js';
import { decide, produced } from './decide.js';
import type { AccountEvent } from './events.js';
import { evolve } from './evolve.js';
import type { AccountRejection } from './rejections.js';
import { initialState, type AccountState } from './state.js';

export type * from './commands.js';
export type * from './events.js';
export type * from './rejections.js';
export { admits, type AccountState } from './state.js';

export const account: Decider<AccountState, AccountCommand, AccountEvent, AccountRejection> = {
  initialState,
  decide,
  evolve,
  produced,
};
