/** When a status ends by itself; `never` and `chosen` apart, a moment that follows from now and from the zone of the browser. */
export const STATUS_ENDS = ['never', 'half-hour', 'hour', 'four-hours', 'today', 'week', 'chosen'] as const;
export type StatusEnd = (typeof STATUS_ENDS)[number];

const MINUTE_MS = 60_000;

/** The last second of the day that is so many days after the given instant, whatever the clocks do in between. */
const endOfDay = (instant: number, days: number): number => {
  const date = new Date(instant);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 23, 59, 59).getTime();
};

/** Weeks end on Sunday. */
const daysToSunday = (instant: number): number => (7 - new Date(instant).getDay()) % 7;

const ENDS: Readonly<Record<Exclude<StatusEnd, 'never' | 'chosen'>, (now: number) => number>> = {
  'half-hour': (now) => now + 30 * MINUTE_MS,
  hour: (now) => now + 60 * MINUTE_MS,
  'four-hours': (now) => now + 240 * MINUTE_MS,
  today: (now) => endOfDay(now, 0),
  week: (now) => endOfDay(now, daysToSunday(now)),
};

/** `null`: it stays. `chosen`: what a field of date and time says; `undefined` while that is no moment to come. */
export const endOf = (end: StatusEnd, now: number, chosen: string): number | null | undefined => {
  if (end === 'never') return null;
  if (end !== 'chosen') return ENDS[end](now);
  const instant = new Date(chosen).getTime();
  return instant > now ? instant : undefined;
};

/** An instant as a field of date and time holds it: to the minute, in the zone of the browser. */
export const fieldOf = (instant: number): string => {
  const date = new Date(instant);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};
