import type { UserId } from '../../domain/kernel/ids.js';

/** A local sign-in: `login` is already normalised (trimmed, NFKC, lower case). */
export interface Credential {
  readonly login: string;
  readonly userId: UserId;
  /** PHC string of an argon2id hash. */
  readonly passwordHash: string;
}

/** Password hashes of local accounts. Apart from the log: a hash is a secret, not a fact to keep for ever. */
export interface CredentialStore {
  find(login: string): Promise<Credential | null>;
  ofUser(userId: UserId): Promise<Credential | null>;
  /**
   * Keeps new credentials, all in one durable write. A login that is taken keeps what it has. Answers the credential in force for each
   * login, in order: compare the user ids to learn which were new.
   */
  reserve(credentials: readonly Credential[]): Promise<readonly Credential[]>;
  /** Replaces the hash; durable. Fails when there is no such user. */
  setPasswordHash(userId: UserId, passwordHash: string): Promise<void>;
}
