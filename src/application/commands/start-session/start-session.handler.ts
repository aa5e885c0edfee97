import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type SessionId } from '../../../domain/kernel/ids.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorize } from '../../authorization/policy.js';
import type { Clock } from '../../ports/clock.js';
import type { PasswordAuthenticator } from '../../ports/authenticator.js';
import type { Randomness } from '../../ports/randomness.js';
import type { Session, SessionStore } from '../../ports/session-store.js';
import { CLOCK, PASSWORD_AUTHENTICATOR, RANDOMNESS, SESSION_STORE } from '../../ports/tokens.js';
import { ReadModels } from '../../read-models/read-models.js';
import { normaliseLogin } from '../register-accounts/normalise-login.js';
import { StartSession, type SignInResult } from './start-session.command.js';
import { tokenHash } from './token-hash.js';

@CommandHandler(StartSession)
export class StartSessionHandler implements ICommandHandler<StartSession> {
  constructor(
    private readonly actors: ActorSystem,
    private readonly readModels: ReadModels,
    @Inject(PASSWORD_AUTHENTICATOR) private readonly authenticator: PasswordAuthenticator,
    @Inject(SESSION_STORE) private readonly sessions: SessionStore,
    @Inject(RANDOMNESS) private readonly randomness: Randomness,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ request, login, password }: StartSession): Promise<SignInResult> {
    authorize(StartSession.useCase, request.principal);
    const authentication = await this.authenticator.authenticate(normaliseLogin(login), password);
    if (authentication.kind !== 'authenticated') return authentication;
    const { userId } = authentication;
    // A disabled account is refused as a wrong password is, and only after the password was right.
    const { state, position } = await this.actors.state('account', userId);
    if (state.kind !== 'enabled') return { kind: 'refused' };
    // Whoever is signed in has a name, also in the moment after the account was made.
    await this.readModels.level('people', position);
    const now = this.clock.now();
    const token = this.randomness.token();
    const session: Session = { id: asId<SessionId>(this.randomness.uuid()), userId, startedAt: now, lastSeenAt: now };
    await this.sessions.add(tokenHash(token), session);
    return { kind: 'signed-in', session, token };
  }
}
