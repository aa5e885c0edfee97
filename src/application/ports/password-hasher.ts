/** Slow on purpose (argon2id). `busy` is thrown when too many wait. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
}
