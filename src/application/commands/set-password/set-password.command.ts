import { Command } from '@nestjs/cqrs';
import type { AccountOutcome } from '../account/accounts-by-login.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class SetPassword extends Command<Outcome<AccountOutcome>> {
  static readonly useCase = 'account.set-password';
  constructor(
    readonly request: Request,
    readonly login: string,
    readonly passwordHash: string,
  ) {
    super();
  }
}
