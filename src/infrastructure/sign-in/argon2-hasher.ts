import { hash, verify, type Algorithm, type Options } from '@node-rs/argon2';
import type { PasswordHasher } from '../../application/ports/password-hasher.js';

/** OWASP's recommended minimum for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = 2 as unknown as Algorithm; // the package's enum is ambient and has no value at run time
const OPTIONS: Options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export class Argon2Hasher implements PasswordHasher {
  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), OPTIONS);
  }

  verify(passwordHash: string, password: string): Promise<boolean> {
    return verify(passwordHash, password.normalize('NFKC'));
  }
}
