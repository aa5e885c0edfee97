import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser } from '../../authorization/policy.js';
import type { SessionStore } from '../../ports/session-store.js';
import { SESSION_STORE } from '../../ports/tokens.js';
import { outcomeOf } from '../outcome.js';
import { commandIdOf } from '../request.js';
import { EndSession } from './end-session.command.js';

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    private readonly actors: ActorSystem,
    @Inject(SESSION_STORE) private readonly sessions: SessionStore,
  ) {}

  /** The token is made useless first: should the event not be written, the person is signed out all the same. */
  async execute({ request, sessionId }: EndSession) {
    const userId = authorizeUser(EndSession.useCase, request.principal);
    await this.sessions.remove(sessionId);
    const answer = await this.actors.ask('account', userId, {
      command: { type: 'EndSession', data: { userId, sessionId } },
      commandId: commandIdOf(request),
      principal: userId,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, () => ({}));
  }
}
