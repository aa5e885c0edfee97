import {
  endOf,
  fieldOf,
  hasDay,
  isStatusTooLong,
  minutesOf,
  scheduleOf,
  statusText,
  timeFieldOf,
  windowAt,
  withDay,
  withRecent,
} from '../../frontend/src/model/index.js';

/** In whatever zone the tests run: a Thursday, 14:05:10. */
const NOW = new Date(2026, 10, 26, 14, 5, 10).getTime();
const MINUTE = 60_000;

describe('words beside a status', () => {
  it('S94 none means the name of the status; they are counted as the server does', () => {
    expect([statusText(''), statusText('  '), statusText(' Lunch ')]).toEqual([null, null, 'Lunch']);
    expect(isStatusTooLong('😀'.repeat(100), 100)).toBe(false);
    expect(isStatusTooLong('😀'.repeat(101), 100)).toBe(true);
    expect(isStatusTooLong(` ${'x'.repeat(100)} `, 100)).toBe(false);
  });

  it('S94 the last five are kept, the newest first, each once', () => {
    const five = ['e', 'd', 'c', 'b', 'a'];
    expect(withRecent(five, 'f')).toEqual(['f', 'e', 'd', 'c', 'b']);
    expect(withRecent(five, 'c')).toEqual(['c', 'e', 'd', 'b', 'a']);
  });
});

describe('when a status ends', () => {
  it('after a time, from now', () => {
    expect(endOf('never', NOW, '')).toBeNull();
    expect([endOf('half-hour', NOW, ''), endOf('hour', NOW, ''), endOf('four-hours', NOW, '')]).toEqual(
      [30, 60, 240].map((minutes) => NOW + minutes * MINUTE),
    );
  });

  it('today ends with the last second of the local day, the week with that of Sunday', () => {
    expect(endOf('today', NOW, '')).toBe(new Date(2026, 10, 26, 23, 59, 59).getTime());
    expect(endOf('week', NOW, '')).toBe(new Date(2026, 10, 29, 23, 59, 59).getTime());
    const sunday = new Date(2026, 10, 29, 8).getTime();
    expect(endOf('week', sunday, '')).toBe(new Date(2026, 10, 29, 23, 59, 59).getTime());
  });

  it('at a moment of one’s own, unless it is past or none', () => {
    expect(endOf('chosen', NOW, '2026-11-26T14:06')).toBe(new Date(2026, 10, 26, 14, 6).getTime());
    expect(endOf('chosen', NOW, '2026-11-26T14:05')).toBeUndefined();
    expect(endOf('chosen', NOW, '')).toBeUndefined();
    expect(fieldOf(NOW)).toBe('2026-11-26T14:05');
  });
});

describe('hours', () => {
  const nine = { days: [1, 2, 3, 4, 5], from: 540, to: 1_020 };

  it('are written as a field of time holds them', () => {
    expect([0, 540, 1_439].map(timeFieldOf)).toEqual(['00:00', '09:00', '23:59']);
    expect(['00:00', '09:00', '23:59', ''].map(minutesOf)).toEqual([0, 540, 1_439, null]);
  });

  it('keep their days in order, and need one', () => {
    expect(withDay(nine, 7, true).days).toEqual([1, 2, 3, 4, 5, 7]);
    expect(withDay(nine, 3, false).days).toEqual([1, 2, 4, 5]);
    expect(hasDay(nine)).toBe(true);
    expect(hasDay({ ...nine, days: [] })).toBe(false);
  });

  it('that say nothing are none', () => {
    expect(scheduleOf('Europe/Paris', null, [])).toBeNull();
    expect(scheduleOf('Europe/Paris', nine, [])).toEqual({
      zone: 'Europe/Paris',
      workingHours: nine,
      doNotDisturb: [],
    });
  });

  it('hold in the zone of the schedule, over midnight as well', () => {
    const night = { days: [5], from: 1_320, to: 360 };
    const at = (text: string) => windowAt([nine, night], 'Europe/Paris', new Date(text).getTime());
    expect(at('2026-11-26T07:59:00Z')).toBeNull();
    expect(at('2026-11-26T08:00:00Z')).toBe(nine);
    expect(at('2026-11-26T15:59:00Z')).toBe(nine);
    expect(at('2026-11-26T16:00:00Z')).toBeNull();
    // Friday 22:00 to Saturday 06:00, in Paris.
    expect(at('2026-11-27T21:00:00Z')).toBe(night);
    expect(at('2026-11-28T04:59:00Z')).toBe(night);
    expect(at('2026-11-28T05:00:00Z')).toBeNull();
    expect(at('2026-11-26T21:00:00Z')).toBeNull();
  });

  it('that end when they begin last a day, also from Sunday to Monday', () => {
    const sunday = { days: [7], from: 720, to: 720 };
    const at = (text: string) => windowAt([sunday], 'UTC', new Date(text).getTime());
    expect(at('2026-11-29T12:00:00Z')).toBe(sunday);
    expect(at('2026-11-30T11:59:00Z')).toBe(sunday);
    expect(at('2026-11-30T12:00:00Z')).toBeNull();
  });
});
