import { Command } from '@nestjs/cqrs';
import type { AccountOutcome } from '../account/accounts-by-login.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class DisableAccount extends Command<Outcome<AccountOutcome>> {
  static readonly useCase = 'account.disable';
  constructor(
    readonly request: Request,
    readonly login: string,
  ) {
    super();
  }
}
