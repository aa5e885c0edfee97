import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskConversation } from '../conversation/ask-conversation.js';
import { JoinConversation } from './join-conversation.command.js';

@CommandHandler(JoinConversation)
export class JoinConversationHandler implements ICommandHandler<JoinConversation> {
  constructor(private readonly conversations: AskConversation) {}

  execute({ request, data }: JoinConversation) {
    return this.conversations.ask(JoinConversation.useCase, request, data.conversationId, (conversationId) => ({
      type: 'JoinConversation',
      data: { conversationId },
    }));
  }
}
