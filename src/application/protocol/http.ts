import type { ErrorBody } from './errors.js';
import type { PersonView } from './views.js';

/**
 * HTTP beside the socket, JSON both ways:
 *
 * - `POST /api/session` with `SignIn` answers `SignedIn` and sets the session cookie; 401 `sign-in-refused`, 429 `rate-limited` or `busy`.
 *   With `"token": true` (programs that are no browser) it sets no cookie and answers the token to send as `Authorization: Bearer …`.
 * - `GET /api/session` answers `SignedIn` of the running session, or 401 `signed-out`.
 * - `DELETE /api/session` ends it: 204.
 *
 * Errors are `{ "error": ErrorBody }`.
 */
export interface SignIn {
  readonly login: string;
  readonly password: string;
  readonly token?: boolean;
}
export interface SignedIn {
  readonly user: PersonView;
  readonly sessionId: string;
  /** Only when asked for. */
  readonly token?: string;
}
export interface HttpError {
  readonly error: ErrorBody;
}
