import { Command } from '@nestjs/cqrs';
import type { AccountOutcome } from '../account/accounts-by-login.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class EnableAccount extends Command<Outcome<AccountOutcome>> {
  static readonly useCase = 'account.enable';
  constructor(
    readonly request: Request,
    readonly login: string,
  ) {
    super();
  }
}
