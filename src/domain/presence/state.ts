import type { SessionId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';

export type Availability = 'available' | 'busy' | 'away';
export type Device = 'computer' | 'phone' | 'tablet';

export interface PresenceSession {
  readonly session: SessionId;
  readonly node: string;
  readonly device: Device;
  readonly idle: boolean;
  readonly openedAt: Instant;
}

/** What the person's schedule makes of "available". */
export interface Imposed {
  readonly availability: 'busy' | 'away';
  readonly reason: 'outside-working-hours' | 'do-not-disturb';
}

/**
 * What a presence is after an event. Every event carries all of it, so that the last one alone is enough once older ones are dropped (ADR 0006).
 * `null` texts: none, or erased.
 */
export interface PresenceResult {
  readonly sessions: readonly PresenceSession[];
  /** What was chosen, and its own words. */
  readonly availability: Availability;
  readonly text: string | null;
  readonly until: Instant | null;
  readonly device: Device | null;
  readonly chosenAt: Instant | null;
  /** What comes back at `until`; `null`: nothing. */
  readonly formerAvailability: Availability | null;
  readonly formerText: string | null;
  readonly imposed: Imposed | null;
  /** The person chose something since `imposed` began: the choice wins until it ends. */
  readonly overridden: boolean;
  /** When the schedule says something else. */
  readonly imposedUntil: Instant | null;
  /** When what watchers see changed last. */
  readonly since: Instant | null;
}

export type PresenceState = PresenceResult;

export const initialState: PresenceState = Object.freeze({
  sessions: Object.freeze([]),
  availability: 'available',
  text: null,
  until: null,
  device: null,
  chosenAt: null,
  formerAvailability: null,
  formerText: null,
  imposed: null,
  overridden: false,
  imposedUntil: null,
  since: null,
});

/** Of an event that says more. */
export const resultOf = (said: PresenceResult): PresenceResult => ({
  sessions: said.sessions,
  availability: said.availability,
  text: said.text,
  until: said.until,
  device: said.device,
  chosenAt: said.chosenAt,
  formerAvailability: said.formerAvailability,
  formerText: said.formerText,
  imposed: said.imposed,
  overridden: said.overridden,
  imposedUntil: said.imposedUntil,
  since: said.since,
});
