import type { Decider } from '../kernel/decider.js';
import type { DeskCommand } from './commands.js';
import { decide, produced } from './decide.js';
import type { DeskEvent } from './events.js';
import { evolve } from './evolve.js';
import type { DeskRejection } from './rejections.js';
import { initialState, type DeskState } from './state.js';

export type * from './commands.js';
export type * from './events.js';
export type * from './rejections.js';
export { tabOf, type DeskState, type Schedule, type TabState, type WeeklyWindow } from './state.js';

export const desk: Decider<DeskState, DeskCommand, DeskEvent, DeskRejection> = {
  initialState,
  decide,
  evolve,
  produced,
};
