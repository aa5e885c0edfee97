import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type ConversationId, type MessageId, type UserId } from '../../../domain/kernel/ids.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorizeUser } from '../../authorization/policy.js';
import { outcomeOf } from '../outcome.js';
import { commandIdOf } from '../request.js';
import { PostMessage } from './post-message.command.js';

@CommandHandler(PostMessage)
export class PostMessageHandler implements ICommandHandler<PostMessage> {
  constructor(private readonly actors: ActorSystem) {}

  async execute({ request, data }: PostMessage) {
    const principal = authorizeUser(PostMessage.useCase, request.principal);
    const messageId = asId<MessageId>(request.id);
    const conversationId = asId<ConversationId>(data.conversationId);
    const answer = await this.actors.ask('conversation', conversationId, {
      command: {
        type: 'PostMessage',
        data: {
          conversationId,
          messageId,
          text: data.text,
          replyTo: data.replyTo ?? null,
          mentions: (data.mentions ?? []).map((user) => asId<UserId>(user)),
        },
      },
      commandId: commandIdOf(request),
      principal,
      correlationId: request.correlationId,
    });
    return outcomeOf(answer, ([posted]) => {
      if (posted?.event.type !== 'MessagePosted') throw new Error('a post was accepted without an event');
      const { sequence, postedAt } = posted.event.data;
      return { messageId, sequence, postedAt };
    });
  }
}
