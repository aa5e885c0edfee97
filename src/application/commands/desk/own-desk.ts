import { Injectable } from '@nestjs/common';
import { isParticipant, staysOf } from '../../../domain/conversation/index.js';
import type { DeskCommand } from '../../../domain/desk/index.js';
import { asId, type ConversationId, type UserId } from '../../../domain/kernel/ids.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser, type UseCase } from '../../authorization/policy.js';
import { outcomeOf, type Outcome } from '../outcome.js';
import { commandIdOf, type Request } from '../request.js';

/** What every command to one's own desk has in common: it concerns a conversation that one takes part in. */
@Injectable()
export class OwnDesk {
  constructor(private readonly actors: ActorSystem) {}

  /**
   * `make` gets the conversation's last sequence (nobody has read, or closed, what was not said yet), and which of the person's stays there this is,
   * from 1.
   */
  async ask(
    useCase: UseCase,
    request: Request,
    conversationId: string,
    make: (conversationId: ConversationId, lastSequence: number, stay: number) => DeskCommand,
  ): Promise<Outcome<Record<string, never>>> {
    const principal = authorizeUser(useCase, request.principal);
    const id = asId<ConversationId>(conversationId);
    const { state } = await this.actors.state('conversation', id);
    const lastSequence = state.kind === 'unstarted' ? 0 : state.lastSequence;
    const command = make(id, lastSequence, staysOf(state, principal).length);
    return this.send(request, principal, command, isParticipant(state, principal));
  }

  /** For what concerns the desk as a whole. */
  askWhole(useCase: UseCase, request: Request, command: DeskCommand): Promise<Outcome<Record<string, never>>> {
    return this.send(request, authorizeUser(useCase, request.principal), command);
  }

  private async send(
    request: Request,
    principal: UserId,
    command: DeskCommand,
    allowed = true,
  ): Promise<Outcome<Record<string, never>>> {
    const answer = await this.actors.askIf(allowed, 'desk', principal, {
      command,
      commandId: commandIdOf(request),
      principal,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, () => ({}));
  }
}
