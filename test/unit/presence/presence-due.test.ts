import { dueCommand, dueIn, type Upkept } from '../../../src/application/processes/presence-due.js';
import type { Schedule } from '../../../src/domain/desk/index.js';
import { asId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { sessionClosed, sessionOpened } from '../../../src/domain/presence/examples.js';
import type { PresenceResult } from '../../../src/domain/presence/index.js';

const user = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
const now = asInstant(Date.parse('2026-11-23T12:00:00Z'));
const later = (ms: number) => asInstant(now + ms);
const there = (more: Partial<PresenceResult> = {}, schedule: Schedule | null = null): Upkept => ({
  at: 1,
  result: { ...sessionOpened.data, ...more },
  schedule,
});
const gone = (more: Partial<PresenceResult> = {}, schedule: Schedule | null = null): Upkept => ({
  at: 1,
  result: { ...sessionClosed.data, ...more },
  schedule,
});
const quiet: Schedule = {
  zone: 'UTC',
  workingHours: null,
  doNotDisturb: [{ days: [1], from: 12 * 60, to: 12 * 60 + 30 }],
};
const busy = { availability: 'busy', reason: 'do-not-disturb' } as const;
const end = asInstant(Date.parse('2026-11-23T12:30:00Z'));
const both = (person: Upkept, at = now) => [dueCommand(user, person, at), dueIn(person, at)];

describe('what time does to a presence', () => {
  it('nothing, to who chose no end and has no hours', () => {
    expect(both(there())).toEqual([null, null]);
    expect(both({ at: 0, result: null, schedule: quiet })).toEqual([null, null]);
  });

  it('ends a choice when its end is there, whether the person is or not', () => {
    expect(both(there({ until: later(500) }))).toEqual([null, 500]);
    const lapse = { type: 'LapseAvailability', data: { user, until: now } };
    expect(both(there({ until: now }))).toEqual([lapse, 0]);
    expect(both(gone({ until: now }))).toEqual([lapse, 0]);
  });

  it('looks again within the hour, should the clock be set meanwhile', () => {
    expect(dueIn(there({ until: later(86_400_000) }), now)).toBe(3_600_000);
  });

  it('applies hours to who is there, once', () => {
    expect(both(there({}, quiet))).toEqual([{ type: 'ApplySchedule', data: { user, imposed: busy, until: end } }, 0]);
    expect(both(there({ imposed: busy, imposedUntil: end }, quiet))).toEqual([null, 1_800_000]);
    expect(both(gone({}, quiet))).toEqual([null, null]);
  });

  it('takes them back when they are over, and when there are none any more', () => {
    const imposed = there({ imposed: busy, imposedUntil: end }, quiet);
    expect(dueCommand(user, imposed, end)).toMatchObject({ data: { imposed: null } });
    expect(both({ ...imposed, schedule: null })).toEqual([
      { type: 'ApplySchedule', data: { user, imposed: null, until: null } },
      0,
    ]);
  });

  it('does nothing when hours that impose nothing begin or end', () => {
    const before = asInstant(now - 60_000);
    expect(both(there({}, quiet), before)).toEqual([null, 60_000]);
    expect(dueCommand(user, there({ imposedUntil: before }, quiet), before)).toBeNull();
  });
});
