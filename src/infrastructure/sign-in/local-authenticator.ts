import type { Authentication, PasswordAuthenticator } from '../../application/ports/authenticator.js';
import type { CredentialStore } from '../../application/ports/credential-store.js';
import type { PasswordHasher } from '../../application/ports/password-hasher.js';
import { LimitedQueue } from './limited-queue.js';

/** Checks that run at once: each takes a core for some ten milliseconds. */
const AT_ONCE = 2;
/** One check takes about this long; a full queue is worked off in a multiple of it. */
const CHECK_MS = 15;

/** Sign-in with the accounts that Parley keeps itself. An unknown login costs the same time as a wrong password. */
export class LocalAuthenticator implements PasswordAuthenticator {
  private readonly queue: LimitedQueue;
  /** What an unknown login is compared with. */
  private readonly nobody: Promise<string>;

  constructor(
    private readonly credentials: CredentialStore,
    private readonly hasher: PasswordHasher,
    private readonly mayWait: number,
  ) {
    this.queue = new LimitedQueue(AT_ONCE, mayWait);
    this.nobody = hasher.hash('nobody has this password');
  }

  async authenticate(login: string, password: string): Promise<Authentication> {
    const credential = await this.credentials.find(login);
    const hash = credential?.passwordHash ?? (await this.nobody);
    const right = await this.queue.run(() => this.hasher.verify(hash, password));
    if (right === null) return { kind: 'busy', retryAfterMs: (CHECK_MS * this.mayWait) / AT_ONCE };
    return right && credential ? { kind: 'authenticated', userId: credential.userId } : { kind: 'refused' };
  }
}
