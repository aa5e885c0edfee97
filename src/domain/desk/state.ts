import type { ConversationId } from '../kernel/ids.js';

export interface TabState {
  readonly open: boolean;
  readonly readMarker: number;
  readonly muted: boolean;
}

/**
 * A time of the week in the zone of its schedule. `days`: 1 (Monday) to 7 (Sunday), the days on which it begins. `from`, `to`: minutes after
 * midnight; one that ends at or before its beginning ends on the next day.
 */
export interface WeeklyWindow {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** When a person is shown as Away or Busy without choosing it each time. */
export interface Schedule {
  /** A name of the IANA time zone database. */
  readonly zone: string;
  /** Outside of them one is shown as Away; `null`: no such hours. */
  readonly workingHours: WeeklyWindow | null;
  /** During them one is shown as Busy. */
  readonly doNotDisturb: readonly WeeklyWindow[];
}

/** What one user has open, how far they read, whether others see that, and their hours. */
export interface DeskState {
  readonly tabs: Readonly<Record<ConversationId, TabState>>;
  readonly sharesReading: boolean;
  readonly schedule: Schedule | null;
}

export const initialState: DeskState = Object.freeze({ tabs: Object.freeze({}), sharesReading: true, schedule: null });

const UNTOUCHED: TabState = Object.freeze({ open: false, readMarker: 0, muted: false });

export const tabOf = (state: DeskState, id: ConversationId): TabState => state.tabs[id] ?? UNTOUCHED;
