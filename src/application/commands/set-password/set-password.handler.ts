import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { UserId } from '../../../domain/kernel/ids.js';
import type { CredentialStore } from '../../ports/credential-store.js';
import { CREDENTIAL_STORE } from '../../ports/tokens.js';
import { AccountsByLogin } from '../account/accounts-by-login.js';
import { SetPassword } from './set-password.command.js';

@CommandHandler(SetPassword)
export class SetPasswordHandler implements ICommandHandler<SetPassword> {
  constructor(
    private readonly accounts: AccountsByLogin,
    @Inject(CREDENTIAL_STORE) private readonly credentials: CredentialStore,
  ) {}

  execute({ request, login, passwordHash }: SetPassword) {
    const make = (userId: UserId) => ({ type: 'RecordPasswordChange', data: { userId } }) as const;
    return this.accounts.ask(SetPassword.useCase, request, login, make, {
      before: (userId) => this.credentials.setPasswordHash(userId, passwordHash),
      endsSessions: true,
    });
  }
}
