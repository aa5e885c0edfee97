import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { UserId } from '../../../domain/kernel/ids.js';
import { AccountsByLogin } from '../account/accounts-by-login.js';
import { DisableAccount } from './disable-account.command.js';

@CommandHandler(DisableAccount)
export class DisableAccountHandler implements ICommandHandler<DisableAccount> {
  constructor(private readonly accounts: AccountsByLogin) {}

  execute({ request, login }: DisableAccount) {
    const make = (userId: UserId) => ({ type: 'DisableAccount', data: { userId } }) as const;
    return this.accounts.ask(DisableAccount.useCase, request, login, make, { endsSessions: true });
  }
}
