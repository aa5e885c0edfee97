import { asInstant, type Instant } from '../../domain/kernel/instant.js';

/* Wall clocks of the IANA time zone database, as this runtime knows it. */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * One formatter for each zone that is in use: making one takes longer than using it a hundred times. By the name in lower case: zones are few, but
 * there are more ways to write one than fit in memory.
 */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const name = zone.toLowerCase();
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(name, format);
  }
  return format;
};

/** Whether there is such a zone. Offsets are none: they know no summer time. */
export const isZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
};

/** What the zone's clock shows, written as if it were UTC. */
export const wallClock = (zone: string, instant: number): number => {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/**
 * When the zone's clock shows that many minutes of that day (`day`: midnight, as if it were UTC). Of a time that comes twice the first; a time that
 * is skipped is as much later as the clock jumps.
 */
export const instantOf = (zone: string, day: number, minutes: number): Instant => {
  const wall = day + minutes * MINUTE_MS;
  const [before, after] = [wall - DAY_MS, wall + DAY_MS].map((near) => wallClock(zone, near) - near) as [
    number,
    number,
  ];
  const found = [wall - before, wall - after].filter((instant) => wallClock(zone, instant) === wall);
  return asInstant(found.length > 0 ? Math.min(...found) : wall - before);
};

/** The day on which the instant is, as `instantOf` takes it. */
export const dayOf = (zone: string, instant: Instant): number => {
  const wall = wallClock(zone, instant);
  return wall - (((wall % DAY_MS) + DAY_MS) % DAY_MS);
};

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (day: number): number => new Date(day).getUTCDay() || 7;

export const daysLater = (day: number, days: number): number => day + days * DAY_MS;
