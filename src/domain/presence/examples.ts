import { asId, type SessionId, type UserId } from '../kernel/ids.js';
import { asInstant } from '../kernel/instant.js';
import type {
  AvailabilityChosen,
  AvailabilityLapsed,
  ScheduleApplied,
  SessionClosed,
  SessionIdled,
  SessionOpened,
  SessionResumed,
  SessionsExpired,
} from './events.js';
import { initialState, type PresenceSession } from './state.js';

const user = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
const session = asId<SessionId>('5e55105e-0000-4000-8000-000000000001');
const node = 'parley-1';
const start = 1_700_000_600_000;
const at = (ms: number) => ({ user, at: asInstant(start + ms) });

const atComputer: PresenceSession = { session, node, device: 'computer', idle: false, openedAt: asInstant(start) };
const there = { ...initialState, sessions: [atComputer], since: asInstant(start) };
const gone = { ...initialState, sessions: [], since: asInstant(start + 9_000), changed: true };

export const sessionOpened: SessionOpened = {
  type: 'SessionOpened',
  data: { ...at(0), ...there, changed: true, session, node },
};
export const sessionIdled: SessionIdled = {
  type: 'SessionIdled',
  data: {
    ...at(1_000),
    ...there,
    sessions: [{ ...atComputer, idle: true }],
    since: asInstant(start + 1_000),
    changed: true,
    session,
    node,
  },
};
export const sessionResumed: SessionResumed = {
  type: 'SessionResumed',
  data: { ...at(2_000), ...there, since: asInstant(start + 2_000), changed: true, session, node },
};
export const availabilityChosen: AvailabilityChosen = {
  type: 'AvailabilityChosen',
  data: {
    ...at(3_000),
    ...there,
    availability: 'busy',
    text: 'Budget review',
    until: asInstant(start + 5_000),
    device: 'computer',
    chosenAt: asInstant(start + 3_000),
    formerAvailability: 'available',
    formerText: 'In the office',
    since: asInstant(start + 3_000),
    changed: true,
  },
};
export const availabilityLapsed: AvailabilityLapsed = {
  type: 'AvailabilityLapsed',
  data: { ...at(5_000), ...there, text: 'In the office', since: asInstant(start + 5_000), changed: true },
};
export const scheduleApplied: ScheduleApplied = {
  type: 'ScheduleApplied',
  data: {
    ...at(6_000),
    ...there,
    imposed: { availability: 'away', reason: 'outside-working-hours' },
    imposedUntil: asInstant(start + 60_000),
    since: asInstant(start + 6_000),
    changed: true,
  },
};
export const sessionClosed: SessionClosed = {
  type: 'SessionClosed',
  data: { ...at(9_000), ...gone, session, node },
};
export const sessionsExpired: SessionsExpired = {
  type: 'SessionsExpired',
  data: { ...at(9_000), ...gone, node },
};
