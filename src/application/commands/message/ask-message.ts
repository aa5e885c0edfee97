import { Injectable } from '@nestjs/common';
import { asId, type ConversationId, type UserId } from '../../../domain/kernel/ids.js';
import { messageName, type MessageCommand } from '../../../domain/message/index.js';
import { messageKey, type MessageDocument } from '../../../projections/transcript/transcript.model.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser, type UseCase } from '../../authorization/policy.js';
import type { Position } from '../../ports/event-log.js';
import { ReadModels } from '../../read-models/read-models.js';
import { Viewers, type Viewed } from '../../visibility/viewers.js';
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
/** What never changes of a message. */
interface Posted {
  readonly author: UserId;
  readonly mentions: readonly UserId[];
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
    const message = concerned(target);
    const seen = await this.seen(principal, message);
    return this.send(request, principal, make(message), seen !== null);
  }

  /** As `ask`, for commands that only the author may give: who that is stands in the transcript, and never changes. */
  async askAsAuthor(
    useCase: UseCase,
    request: Request,
    target: Target,
    make: (message: Concerned & { author: UserId }, posted: Pick<Posted, 'mentions'>) => MessageCommand,
  ): Promise<Done> {
    const principal = authorizeUser(useCase, request.principal);
    const message = concerned(target);
    const seen = await this.seen(principal, message);
    // Of a message that one does not see any more, only one's own commands of then are known.
    const posted = seen ? await this.posted(message, seen.position) : { author: principal, mentions: [] };
    return this.send(request, principal, make({ ...message, author: posted.author }, posted), seen !== null);
  }

  private async posted({ conversationId, sequence }: Concerned, position: Position): Promise<Posted> {
    await this.readModels.level('transcript', position);
    const key = messageKey(conversationId, sequence);
    const [posted] = await this.readModels.get<MessageDocument>('transcript', [key]);
    if (!posted) throw new Error(`the transcript has no ${key}`);
    const { author, mentions } = posted.doc;
    return { author: asId<UserId>(author), mentions: mentions.map((user) => asId<UserId>(user)) };
  }

  private async seen(principal: UserId, { conversationId, sequence }: Concerned): Promise<Viewed | null> {
    const viewed = await this.viewers.of(conversationId, principal);
    return viewed !== null && sequence <= viewed.state.lastSequence && visible(viewed.spans, sequence) ? viewed : null;
  }

  private async send(request: Request, principal: UserId, command: MessageCommand, allowed: boolean): Promise<Done> {
    const name = messageName(command.data.conversationId, command.data.sequence);
    const answer = await this.actors.askIf(allowed, 'message', name, {
      command,
      commandId: commandIdOf(request),
      principal,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, () => ({}));
  }
}

const concerned = ({ conversationId, sequence }: Target): Concerned => ({
  conversationId: asId<ConversationId>(conversationId),
  sequence,
});
