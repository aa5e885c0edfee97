import type { ScheduleSet } from '../../domain/desk/events.js';

/** What one person chose for everywhere; key: the owner. Nothing was chosen while there is none: see `DEFAULT_PREFERENCES` of the protocol. */
export interface PreferencesDocument {
  readonly sharesReading: boolean;
  readonly schedule: ScheduleSet['data']['schedule'];
}
