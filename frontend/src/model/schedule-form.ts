import type { Schedule, WeeklyWindow } from '../../../src/application/protocol/index.js';

/** Days of the week as the protocol counts them: 1 is Monday. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export const DO_NOT_DISTURB_MOST = 5;

const WORKING: WeeklyWindow = { days: [1, 2, 3, 4, 5], from: 540, to: 1_020 };
const LUNCH: WeeklyWindow = { days: [1, 2, 3, 4, 5], from: 720, to: 780 };

/** What a form of working hours begins with when there are none. */
export const emptyWorkingHours = (): WeeklyWindow => WORKING;
export const emptyDoNotDisturb = (): WeeklyWindow => LUNCH;

/** Minutes after midnight as a field of time holds them, and back; `null`: the field is empty. */
export const timeFieldOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
export const minutesOf = (field: string): number | null => {
  const [hours, minutes] = field.split(':').map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes) ? null : hours * 60 + minutes;
};

export const withDay = (window: WeeklyWindow, day: number, is: boolean): WeeklyWindow => ({
  ...window,
  days: DAYS.filter((one) => (one === day ? is : window.days.includes(one))),
});

/** Hours of no day cannot be saved. Those that end when they begin last a whole day. */
export const hasDay = ({ days }: WeeklyWindow): boolean => days.length > 0;

/** `null` when it says nothing. */
export const scheduleOf = (
  zone: string,
  workingHours: WeeklyWindow | null,
  doNotDisturb: readonly WeeklyWindow[],
): Schedule | null =>
  workingHours === null && doNotDisturb.length === 0 ? null : { zone, workingHours, doNotDisturb };

const DAY_MINUTES = 1_440;
const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Day and minute that the clocks of a zone show. */
const clockOf = (zone: string, instant: number): { readonly day: number; readonly minute: number } => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return { day: DAY_NAMES.indexOf(part('weekday')) + 1, minute: Number(part('hour')) * 60 + Number(part('minute')) };
};

/** The time of the week that an instant lies in, also if it began on the day before. */
export const windowAt = (windows: readonly WeeklyWindow[], zone: string, instant: number): WeeklyWindow | null => {
  const { day, minute } = clockOf(zone, instant);
  const dayBefore = ((day + 5) % 7) + 1;
  return (
    windows.find(({ days, from, to }) => {
      const end = to > from ? to : to + DAY_MINUTES;
      const isIn = (on: number, at: number): boolean => days.includes(on) && at >= from && at < end;
      return isIn(day, minute) || isIn(dayBefore, minute + DAY_MINUTES);
    }) ?? null
  );
};
