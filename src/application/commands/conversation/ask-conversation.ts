import { Injectable } from '@nestjs/common';
import type { ConversationCommand } from '../../../domain/conversation/index.js';
import { asId, type ConversationId } from '../../../domain/kernel/ids.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser, type UseCase } from '../../authorization/policy.js';
import { outcomeOf, type Outcome } from '../outcome.js';
import { commandIdOf, type Request } from '../request.js';

/** What every command to a conversation has in common; whether the person may is the decider's to say, unless `allowed` is false: see `ActorSystem.askIf`. */
@Injectable()
export class AskConversation {
  constructor(private readonly actors: ActorSystem) {}

  async ask(
    useCase: UseCase,
    request: Request,
    conversationId: string,
    make: (conversationId: ConversationId) => ConversationCommand,
    allowed = true,
  ): Promise<Outcome<Record<string, never>>> {
    const principal = authorizeUser(useCase, request.principal);
    const id = asId<ConversationId>(conversationId);
    const answer = await this.actors.askIf(allowed, 'conversation', id, {
      command: make(id),
      commandId: commandIdOf(request),
      principal,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, () => ({}));
  }
}
