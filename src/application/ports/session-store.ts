import type { SessionId, UserId } from '../../domain/kernel/ids.js';
import type { Instant } from '../../domain/kernel/instant.js';

export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
}

/** Signed-in sessions by the SHA-256 of their secret token; the token itself is kept nowhere. Durable over restarts. */
export interface SessionStore {
  add(tokenHash: string, session: Session): Promise<void>;
  find(tokenHash: string): Promise<Session | null>;
  /** Best effort, at most once a minute per session. */
  touch(id: SessionId, at: Instant): Promise<void>;
  /** Idempotent. */
  remove(id: SessionId): Promise<void>;
  removeAllOf(userId: UserId): Promise<void>;
  /** Forgets sessions last seen before `idle` or started before `absolute`. Answers how many. */
  prune(limits: { readonly idle: Instant; readonly absolute: Instant }): Promise<number>;
}
