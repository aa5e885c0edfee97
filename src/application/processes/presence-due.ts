import type { Schedule } from '../../domain/desk/index.js';
import type { UserId } from '../../domain/kernel/ids.js';
import type { Instant } from '../../domain/kernel/instant.js';
import type { PresenceCommand, PresenceResult } from '../../domain/presence/index.js';
import type { Position } from '../ports/event-log.js';
import { hoursAt } from '../presence/schedule.js';

/** What is known of one person. */
export interface Upkept {
  /** Position of the event that says `result`. */
  readonly at: Position;
  readonly result: PresenceResult | null;
  readonly schedule: Schedule | null;
}

/** A wall clock that jumps is noticed by then. */
const LONGEST_MS = 3_600_000;

/** What time has to do to the person now, if anything. */
export const dueCommand = (user: UserId, { result, schedule }: Upkept, now: Instant): PresenceCommand | null => {
  if (result === null) return null;
  const { until } = result;
  if (until !== null && until <= now) return { type: 'LapseAvailability', data: { user, until } };
  if (result.sessions.length === 0) return null;
  const hours = hoursAt(schedule, now);
  const same = hours.imposed?.reason === result.imposed?.reason;
  // When hours that impose nothing end is nobody's business.
  return same && (hours.imposed === null || hours.until === result.imposedUntil)
    ? null
    : { type: 'ApplySchedule', data: { user, ...hours } };
};

/** Milliseconds until `dueCommand` is to be asked; `null`: not before something else happens. */
export const dueIn = (person: Upkept, now: Instant): number | null => {
  const { result } = person;
  if (result === null) return null;
  // Who has neither end nor schedule is nearly everybody.
  if (result.until === null && person.schedule === null && result.imposed === null) return null;
  const isThere = result.sessions.length > 0;
  const ends = [result.until, isThere ? hoursAt(person.schedule, now).until : null].filter((end) => end !== null);
  if (dueCommand('' as UserId, person, now)) return 0;
  return ends.length === 0 ? null : Math.min(Math.max(0, Math.min(...ends) - now), LONGEST_MS);
};

export const nodesOf = (result: PresenceResult | null): ReadonlySet<string> =>
  new Set(result?.sessions.map(({ node }) => node));
