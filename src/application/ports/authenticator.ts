import type { UserId } from '../../domain/kernel/ids.js';

export type Authentication =
  | { readonly kind: 'authenticated'; readonly userId: UserId }
  /** Wrong password or unknown login: told apart by nobody, not by time either. */
  | { readonly kind: 'refused' }
  /** Too many at once; nothing was checked. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number };

/** A way to sign in with a login and a password. Others (LDAP bind) stand behind the same port. */
export interface PasswordAuthenticator {
  authenticate(login: string, password: string): Promise<Authentication>;
}
