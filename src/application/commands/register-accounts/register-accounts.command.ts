import { Command } from '@nestjs/cqrs';
import type { Request } from '../request.js';

export interface NewAccount {
  readonly login: string;
  readonly displayName: string;
  readonly email: string;
  /** PHC string; passwords are hashed before they come here. */
  readonly passwordHash: string;
}

/** Per account, in order: registered now, or there already (its password and name stay as they are). */
export type Registration =
  | { readonly login: string; readonly kind: 'registered' | 'existed'; readonly userId: string }
  | { readonly login: string; readonly kind: 'failed'; readonly error: string };

/** Repeating it after a crash completes what was begun. */
export class RegisterAccounts extends Command<readonly Registration[]> {
  static readonly useCase = 'account.register';
  constructor(
    readonly request: Request,
    readonly accounts: readonly NewAccount[],
  ) {
    super();
  }
}
