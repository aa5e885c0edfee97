import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { UserId } from '../../../domain/kernel/ids.js';
import { AccountsByLogin } from '../account/accounts-by-login.js';
import { EnableAccount } from './enable-account.command.js';

@CommandHandler(EnableAccount)
export class EnableAccountHandler implements ICommandHandler<EnableAccount> {
  constructor(private readonly accounts: AccountsByLogin) {}

  execute({ request, login }: EnableAccount) {
    const make = (userId: UserId) => ({ type: 'EnableAccount', data: { userId } }) as const;
    return this.accounts.ask(EnableAccount.useCase, request, login, make, { endsSessions: false });
  }
}
