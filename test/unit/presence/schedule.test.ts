import { hoursAt } from '../../../src/application/presence/schedule.js';
import { instantOf, isZone } from '../../../src/application/presence/zone.js';
import type { Schedule, WeeklyWindow } from '../../../src/domain/desk/index.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';

const at = (iso: string) => asInstant(Date.parse(iso));
const clock = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
};
const window = (from: string, to: string, days = [1, 2, 3, 4, 5]): WeeklyWindow => ({
  days,
  from: clock(from),
  to: clock(to),
});
const WEEK = [1, 2, 3, 4, 5, 6, 7];
const work = (zone: string, workingHours: WeeklyWindow | null, ...doNotDisturb: WeeklyWindow[]): Schedule => ({
  zone,
  workingHours,
  doNotDisturb,
});
const [AWAY, BUSY] = ['outside-working-hours', 'do-not-disturb'];
const said = (schedule: Schedule | null, now: string) => {
  const { imposed, until } = hoursAt(schedule, at(now));
  return [imposed?.reason ?? null, until === null ? null : new Date(until).toISOString()];
};

describe('what a schedule says', () => {
  const office = work('Europe/Paris', window('09:00', '18:00'));
  // 2026-11-23 is a Monday; Paris is at +01:00.
  it.each([
    ['before work', office, '2026-11-23T07:59:59Z', AWAY, '2026-11-23T08:00:00.000Z'],
    ['from its first moment', office, '2026-11-23T08:00:00Z', null, '2026-11-23T17:00:00.000Z'],
    ['to the one before its last', office, '2026-11-23T16:59:59.999Z', null, '2026-11-23T17:00:00.000Z'],
    ['after it', office, '2026-11-23T17:00:00Z', AWAY, '2026-11-24T08:00:00.000Z'],
    ['over the weekend', office, '2026-11-27T17:00:00Z', AWAY, '2026-11-30T08:00:00.000Z'],
    ['nothing without one', null, '2026-11-23T07:59:59Z', null, null],
    ['nothing without hours', work('Europe/Paris', null), '2026-11-23T07:59:59Z', null, null],
  ] as const)('%s', (_, schedule, now, reason, until) => {
    expect(said(schedule, now)).toEqual([reason, until]);
  });

  it('do-not-disturb wins over working hours, inside and outside of them', () => {
    const both = work(
      'Europe/Paris',
      window('09:00', '18:00'),
      window('12:00', '13:00'),
      window('17:30', '19:00', [1]),
    );
    expect(said(both, '2026-11-23T11:30:00Z')).toEqual([BUSY, '2026-11-23T12:00:00.000Z']);
    expect(said(both, '2026-11-23T16:45:00Z')).toEqual([BUSY, '2026-11-23T18:00:00.000Z']);
    expect(said(both, '2026-11-23T18:00:00Z')).toEqual([AWAY, '2026-11-24T08:00:00.000Z']);
  });

  it('windows that touch or overlap are one', () => {
    const quiet = work(
      'UTC',
      null,
      window('08:00', '10:00', [1]),
      window('10:00', '11:00', [1]),
      window('09:00', '10:30', [1]),
    );
    expect(said(quiet, '2026-11-23T08:30:00Z')).toEqual([BUSY, '2026-11-23T11:00:00.000Z']);
  });

  it('a window that ends at or before its beginning ends on the next day', () => {
    const night = work('Europe/Paris', null, window('22:00', '06:00', [5]));
    expect(said(night, '2026-11-27T20:59:00Z')).toEqual([null, '2026-11-27T21:00:00.000Z']);
    expect(said(night, '2026-11-27T23:30:00Z')).toEqual([BUSY, '2026-11-28T05:00:00.000Z']);
    expect(said(night, '2026-11-28T04:59:00Z')).toEqual([BUSY, '2026-11-28T05:00:00.000Z']);
    expect(said(night, '2026-11-28T05:00:00Z')).toEqual([null, '2026-12-04T21:00:00.000Z']);
  });

  it('a window of a whole day, on one day and on all', () => {
    expect(said(work('UTC', null, window('00:00', '00:00', [2])), '2026-11-24T12:00:00Z')).toEqual([
      BUSY,
      '2026-11-25T00:00:00.000Z',
    ]);
    expect(said(work('UTC', null, window('09:00', '09:00', WEEK)), '2026-11-24T12:00:00Z')).toEqual([BUSY, null]);
    expect(said(work('UTC', window('00:00', '00:00', WEEK)), '2026-11-24T12:00:00Z')).toEqual([null, null]);
  });
});

describe('the night on which the clock is changed', () => {
  const daily = (zone: string, from: string, to: string) => work(zone, null, window(from, to, WEEK));
  it.each([
    // Paris: 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00.
    ['Europe/Paris', '01:00', '04:00', '2026-03-29T00:00:00Z', '2026-03-29T02:00:00.000Z'],
    ['Europe/Paris', '01:00', '02:30', '2026-03-29T00:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['Europe/Paris', '01:00', '04:00', '2026-10-24T23:00:00Z', '2026-10-25T03:00:00.000Z'],
    ['Europe/Paris', '01:00', '02:30', '2026-10-24T23:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['Europe/Paris', '22:00', '06:00', '2026-03-28T21:00:00Z', '2026-03-29T04:00:00.000Z'],
    ['Europe/Paris', '22:00', '06:00', '2026-10-24T20:00:00Z', '2026-10-25T05:00:00.000Z'],
    // New York: 2026-03-08 02:00 → 03:00, 2026-11-01 02:00 → 01:00.
    ['America/New_York', '22:00', '06:00', '2026-03-08T03:00:00Z', '2026-03-08T10:00:00.000Z'],
    ['America/New_York', '22:00', '06:00', '2026-11-01T02:00:00Z', '2026-11-01T11:00:00.000Z'],
    ['America/New_York', '00:30', '01:30', '2026-11-01T04:30:00Z', '2026-11-01T05:30:00.000Z'],
    // Neither changes; one is half an hour off.
    ['Asia/Kolkata', '22:00', '06:00', '2026-03-28T16:30:00Z', '2026-03-29T00:30:00.000Z'],
    ['Africa/Lagos', '22:00', '06:00', '2026-10-24T21:00:00Z', '2026-10-25T05:00:00.000Z'],
  ])('%s %s–%s begins at %s and ends at %s', (zone, from, to, begins, ends) => {
    expect(said(daily(zone, from, to), begins)).toEqual([BUSY, ends]);
    expect(said(daily(zone, from, to), new Date(Date.parse(begins) - 1).toISOString())).toEqual([
      null,
      at(begins) && new Date(begins).toISOString(),
    ]);
    expect(said(daily(zone, from, to), ends)[0]).toBeNull();
  });

  it('work goes on at nine by that week’s clock', () => {
    const office = work('Europe/Paris', window('09:00', '18:00'));
    expect(said(office, '2026-03-27T17:00:00Z')).toEqual([AWAY, '2026-03-30T07:00:00.000Z']);
    expect(said(office, '2026-10-23T16:00:00Z')).toEqual([AWAY, '2026-10-26T08:00:00.000Z']);
  });

  it('of a time that comes twice it is the first, and one that is skipped is as much later as the clock jumps', () => {
    const day = Date.UTC(2026, 9, 25);
    expect(instantOf('Europe/Paris', day, clock('02:30'))).toBe(at('2026-10-25T00:30:00Z'));
    expect(instantOf('Europe/Paris', Date.UTC(2026, 2, 29), clock('02:30'))).toBe(at('2026-03-29T01:30:00Z'));
  });
});

describe('a zone', () => {
  it.each(['Europe/Paris', 'America/Argentina/Buenos_Aires', 'UTC', 'Asia/Kolkata'])('%s is one', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  it.each(['', 'Europe/Nowhere', '+02:00', '-05', '../etc', 'Europe/Paris\0', '__proto__'])('%j is none', (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});

it('a zone is kept once, in however many ways its name is written', () => {
  const spy = import.meta.jest.spyOn(Intl, 'DateTimeFormat');
  try {
    const made = ['Antarctica/Troll', 'antarctica/troll', 'ANTARCTICA/TROLL', 'AntArctica/tRoll'].map((zone) => {
      expect(isZone(zone)).toBe(true);
      return spy.mock.calls.length;
    });
    expect(made).toEqual([1, 1, 1, 1]);
  } finally {
    spy.mockRestore();
  }
});
