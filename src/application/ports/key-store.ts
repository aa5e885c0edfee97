import type { UserId } from '../../domain/kernel/ids.js';

/**
 * The keys that personal data is sealed with: one of 32 random bytes for each person, apart from the log and from its
 * backups. Destroying a key erases the person's texts, names and addresses everywhere in the log.
 */
export interface KeyStore {
  /** The person's key, made and durably kept on first use. Fails for a person whose key was destroyed. */
  obtain(subject: UserId): Promise<Buffer>;
  /** The keys of many people, made in one durable write. */
  obtainAll(subjects: readonly UserId[]): Promise<void>;
  /** The person's key; `null` when it was destroyed or never was. */
  find(subject: UserId): Promise<Buffer | null>;
  /** Destroys the key for good, durably. Idempotent; later `obtain` fails with `KeyDestroyed`. */
  destroy(subject: UserId): Promise<void>;
}

export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
  constructor(readonly subject: UserId) {
    super(`the key of ${subject} was destroyed: nothing new can be kept for this person`);
  }
}
