import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type CommandId, type UserId } from '../../../domain/kernel/ids.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { uuidv5 } from '../../actors/uuid.js';
import { authorize } from '../../authorization/policy.js';
import type { Credential, CredentialStore } from '../../ports/credential-store.js';
import type { KeyStore } from '../../ports/key-store.js';
import type { Randomness } from '../../ports/randomness.js';
import { CREDENTIAL_STORE, KEY_STORE, RANDOMNESS } from '../../ports/tokens.js';
import { normaliseLogin } from './normalise-login.js';
import { RegisterAccounts, type NewAccount, type Registration } from './register-accounts.command.js';

@CommandHandler(RegisterAccounts)
export class RegisterAccountsHandler implements ICommandHandler<RegisterAccounts> {
  constructor(
    private readonly actors: ActorSystem,
    @Inject(CREDENTIAL_STORE) private readonly credentials: CredentialStore,
    @Inject(KEY_STORE) private readonly keys: KeyStore,
    @Inject(RANDOMNESS) private readonly randomness: Randomness,
  ) {}

  /**
   * The login is reserved first, then the account is written: whoever finds a reservation without an account finishes it. The account's
   * command id follows from its user id, so that finishing it twice writes it once.
   */
  async execute({ request, accounts }: RegisterAccounts): Promise<readonly Registration[]> {
    authorize(RegisterAccounts.useCase, request.principal);
    const wanted: Credential[] = accounts.map(({ login, passwordHash }) => ({
      login: normaliseLogin(login),
      userId: asId<UserId>(this.randomness.uuid()),
      passwordHash,
    }));
    const inForce = await this.credentials.reserve(wanted);
    await this.keys.obtainAll(inForce.map(({ userId }) => userId));
    return Promise.all(accounts.map((account, index) => this.register(account, inForce[index], request.correlationId)));
  }

  private async register(
    { login, displayName, email }: NewAccount,
    credential: Credential | undefined,
    correlationId: string,
  ): Promise<Registration> {
    if (!credential) return { login, kind: 'failed', error: 'the login could not be reserved' };
    const { userId } = credential;
    const answer = await this.actors.ask('account', userId, {
      command: { type: 'RegisterAccount', data: { userId, login: credential.login, displayName, email } },
      commandId: asId<CommandId>(uuidv5(userId, 'register')),
      principal: 'system',
      correlationId,
    });
    if (answer.kind === 'accepted') return { login, kind: answer.duplicate ? 'existed' : 'registered', userId };
    if (answer.kind === 'rejected') return { login, kind: 'existed', userId };
    return { login, kind: 'failed', error: answer.refusal };
  }
}
