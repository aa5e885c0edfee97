import { Injectable } from '@nestjs/common';
import { asId, type ConversationId, type UserId } from '../../../domain/kernel/ids.js';
import { messageName, type MessageCommand } from '../../../domain/message/index.js';
import { messageKey, type MessageDocument } from '../../../projections/transcript/transcript.model.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser, type UseCase } from '../../authorization/policy.js';
import { ReadModels } from '../../read-models/read-models.js';
import { Viewers } from '../../visibility/viewers.js';
import { visible } from '../../../domain/conversation/index.js';
import { outcomeOf, type Outcome } from '../outcome.js';
import { commandIdOf, type Request } from '../request.js';

interface Target {
  readonly conversationId: string;
  readonly sequence: number;
}
interface Concerned {
  readonly conversationId: ConversationId;
  readonly sequence: number;
}
type Done = Outcome<Record<string, never>>;

/** What every command to a posted message has in common: it concerns a message that one may see. Others are as good as not there. */
@Injectable()
export class AskMessage {
  constructor(
    private readonly actors: ActorSystem,
    private readonly viewers: Viewers,
    private readonly readModels: ReadModels,
  ) {}

  async ask(
    useCase: UseCase,
    request: Request,
    target: Target,
    make: (message: Concerned) => MessageCommand,
  ): Promise<Done> {
    const principal = authorizeUser(useCase, request.principal);
    const found = await this.seen(principal, target);
    return found ? this.send(request, principal, make(found.message)) : { ok: false, error: 'not-found' };
  }

  /** As `ask`, for commands that only the author may give: who that is stands in the transcript, and never changes. */
  async askAsAuthor(
    useCase: UseCase,
    request: Request,
    target: Target,
    make: (message: Concerned & { author: UserId }) => MessageCommand,
  ): Promise<Done> {
    const principal = authorizeUser(useCase, request.principal);
    const found = await this.seen(principal, target);
    if (!found) return { ok: false, error: 'not-found' };
    await this.readModels.level('transcript', found.position);
    const key = messageKey(found.message.conversationId, target.sequence);
    const [posted] = await this.readModels.get<MessageDocument>('transcript', [key]);
    if (!posted) throw new Error(`the transcript has no ${key}`);
    return this.send(request, principal, make({ ...found.message, author: asId<UserId>(posted.doc.author) }));
  }

  private async seen(principal: UserId, { conversationId, sequence }: Target) {
    const message = { conversationId: asId<ConversationId>(conversationId), sequence };
    const viewed = await this.viewers.of(message.conversationId, principal);
    const there = viewed !== null && sequence <= viewed.state.lastSequence && visible(viewed.spans, sequence);
    return there ? { message, position: viewed.position } : null;
  }

  private async send(request: Request, principal: UserId, command: MessageCommand): Promise<Done> {
    const answer = await this.actors.ask('message', messageName(command.data.conversationId, command.data.sequence), {
      command,
      commandId: commandIdOf(request),
      principal,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, () => ({}));
  }
}
