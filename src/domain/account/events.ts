import type { SessionId, UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Erasable, Message } from '../kernel/message.js';

/** A person can sign in from now on. */
export type AccountRegistered = Message<
  'AccountRegistered',
  {
    readonly userId: UserId;
    readonly login: Erasable<string>;
    readonly displayName: Erasable<string>;
    readonly email: Erasable<string>;
    readonly registeredAt: Instant;
  }
>;

/** Every session of the person ended, and they can no longer sign in. */
export type AccountDisabled = Message<'AccountDisabled', { readonly userId: UserId; readonly disabledAt: Instant }>;

export type AccountEnabled = Message<'AccountEnabled', { readonly userId: UserId; readonly enabledAt: Instant }>;

/** A new password is in force; sessions of the old one ended. The hash itself is never in the log. */
export type PasswordChanged = Message<'PasswordChanged', { readonly userId: UserId; readonly changedAt: Instant }>;

/** One session ended before its time (signed out, or revoked). */
export type SessionEnded = Message<
  'SessionEnded',
  { readonly userId: UserId; readonly sessionId: SessionId; readonly endedAt: Instant }
>;

export type AccountEvent = AccountRegistered | AccountDisabled | AccountEnabled | PasswordChanged | SessionEnded;
