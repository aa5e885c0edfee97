import type { Schedule, WeeklyWindow } from '../../domain/desk/index.js';
import type { Instant } from '../../domain/kernel/instant.js';
import type { Imposed } from '../../domain/presence/index.js';
import { dayOf, daysLater, instantOf, weekdayOf } from './zone.js';

/** What a schedule says at a time: `until`: when it says something else, `null`: never. */
export interface Hours {
  readonly imposed: Imposed | null;
  readonly until: Instant | null;
}

const NO_HOURS: Hours = { imposed: null, until: null };

/** Days that are looked at: those that reach into today, and a week on, after which everything comes again. */
const [FIRST_DAY, LAST_DAY] = [-2, 9];
const MINUTES_OF_DAY = 1_440;
/** Within it everything that a week has comes once, a change of the clock aside. */
const AHEAD_MS = 8 * 86_400_000;

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Do-not-disturb wins over working hours. The boundaries belong to what begins there. */
export const hoursAt = (schedule: Schedule | null, now: Instant): Hours => {
  if (schedule === null) return NO_HOURS;
  const { zone, workingHours, doNotDisturb } = schedule;
  const today = dayOf(zone, now);
  const working = workingHours && spansOf(zone, workingHours, today);
  const quiet = doNotDisturb.flatMap((window) => spansOf(zone, window, today));
  const at = (instant: Instant): Imposed | null => {
    if (within(quiet, instant)) return { availability: 'busy', reason: 'do-not-disturb' };
    if (working && !within(working, instant)) return { availability: 'away', reason: 'outside-working-hours' };
    return null;
  };
  const imposed = at(now);
  const boundaries = [...(working ?? []), ...quiet].flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b);
  const until = boundaries.find(
    (boundary) => boundary > now && boundary < now + AHEAD_MS && at(boundary)?.reason !== imposed?.reason,
  );
  return { imposed, until: until ?? null };
};

const within = (spans: readonly Span[], instant: Instant): boolean =>
  spans.some(({ from, to }) => from <= instant && instant < to);

const spansOf = (zone: string, { days, from, to }: WeeklyWindow, today: number): Span[] => {
  const ending = to > from ? to : to + MINUTES_OF_DAY;
  const spans: Span[] = [];
  for (let ahead = FIRST_DAY; ahead <= LAST_DAY; ahead++) {
    const day = daysLater(today, ahead);
    if (!days.includes(weekdayOf(day))) continue;
    // The end is a time of its own day: on the night of the change it is that day's clock that counts.
    const end =
      ending < MINUTES_OF_DAY
        ? instantOf(zone, day, ending)
        : instantOf(zone, daysLater(day, 1), ending - MINUTES_OF_DAY);
    spans.push({ from: instantOf(zone, day, from), to: end });
  }
  return spans;
};
