/** Slow on purpose (argon2id). */
export interface PasswordHasher {
  /** A PHC string. */
  hash(password: string): Promise<string>;
  /** Whether the password is the hashed one. Fails for a hash that is no PHC string. */
  verify(passwordHash: string, password: string): Promise<boolean>;
}
