import type { SessionId, UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Message } from '../kernel/message.js';
import type { PresenceResult } from './state.js';

/** What every presence event says. `changed`: whether what watchers see is another than before. */
interface Said extends PresenceResult {
  readonly user: UserId;
  readonly at: Instant;
  readonly changed: boolean;
}
interface OfSession extends Said {
  readonly session: SessionId;
  readonly node: string;
}

/** A sign-in got its first connection at a node. */
export type SessionOpened = Message<'SessionOpened', OfSession>;
/** Its last connection there is gone, for longer than a reload takes. */
export type SessionClosed = Message<'SessionClosed', OfSession>;
/** The node is gone, and the person's sessions with it. */
export type SessionsExpired = Message<'SessionsExpired', Said & { readonly node: string }>;
/** Nobody was at the device for a while. */
export type SessionIdled = Message<'SessionIdled', OfSession>;
/** Somebody is at the device again. */
export type SessionResumed = Message<'SessionResumed', OfSession>;
export type AvailabilityChosen = Message<'AvailabilityChosen', Said>;
/** The foreseen end came; what held before holds again. */
export type AvailabilityLapsed = Message<'AvailabilityLapsed', Said>;
/** The person's schedule says something else from now on. */
export type ScheduleApplied = Message<'ScheduleApplied', Said>;

export type PresenceEvent =
  | SessionOpened
  | SessionClosed
  | SessionsExpired
  | SessionIdled
  | SessionResumed
  | AvailabilityChosen
  | AvailabilityLapsed
  | ScheduleApplied;
