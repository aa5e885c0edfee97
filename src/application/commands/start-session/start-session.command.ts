import { Command } from '@nestjs/cqrs';
import type { Session } from '../../ports/session-store.js';
import type { Request } from '../request.js';

export type SignInResult =
  | { readonly kind: 'signed-in'; readonly session: Session; readonly token: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number };

/** Sign in with a password. The token is handed out here once and kept nowhere. */
export class StartSession extends Command<SignInResult> {
  static readonly useCase = 'session.start';
  constructor(
    readonly request: Request,
    readonly login: string,
    readonly password: string,
  ) {
    super();
  }
}
