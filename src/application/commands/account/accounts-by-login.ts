import { Inject, Injectable } from '@nestjs/common';
import type { AccountCommand } from '../../../domain/account/index.js';
import type { UserId } from '../../../domain/kernel/ids.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorize, type UseCase } from '../../authorization/policy.js';
import type { CredentialStore } from '../../ports/credential-store.js';
import type { SessionStore } from '../../ports/session-store.js';
import { CREDENTIAL_STORE, SESSION_STORE } from '../../ports/tokens.js';
import { outcomeOf, type Outcome } from '../outcome.js';
import { normaliseLogin } from '../register-accounts/normalise-login.js';
import { commandIdOf, type Request } from '../request.js';

export interface AccountOutcome {
  readonly userId: string;
  /** Whether anything changed. */
  readonly changed: boolean;
}

/** What an operator's commands to an account have in common. */
@Injectable()
export class AccountsByLogin {
  constructor(
    private readonly actors: ActorSystem,
    @Inject(CREDENTIAL_STORE) private readonly credentials: CredentialStore,
    @Inject(SESSION_STORE) private readonly sessions: SessionStore,
  ) {}

  /**
   * The event comes first: with it every session begun before stops counting, on all nodes, even if the clean-up after it is lost in a
   * crash. `before` runs ahead of the event.
   */
  async ask(
    useCase: UseCase,
    request: Request,
    login: string,
    make: (userId: UserId) => AccountCommand,
    options: { readonly before?: (userId: UserId) => Promise<void>; readonly endsSessions: boolean },
  ): Promise<Outcome<AccountOutcome>> {
    authorize(useCase, request.principal);
    const credential = await this.credentials.find(normaliseLogin(login));
    if (!credential) return { ok: false, error: 'not-found' };
    const { userId } = credential;
    await options.before?.(userId);
    const answer = await this.actors.ask('account', userId, {
      command: make(userId),
      commandId: commandIdOf(request),
      principal: 'system',
      correlationId: request.correlationId,
    });
    if (answer.kind === 'accepted' && options.endsSessions) await this.sessions.removeAllOf(userId);
    return outcomeOf(answer, (events) => ({ userId, changed: events.length > 0 }));
  }
}
