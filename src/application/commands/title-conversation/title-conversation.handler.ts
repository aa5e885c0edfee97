import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskConversation } from '../conversation/ask-conversation.js';
import { TitleConversation } from './title-conversation.command.js';

@CommandHandler(TitleConversation)
export class TitleConversationHandler implements ICommandHandler<TitleConversation> {
  constructor(private readonly conversations: AskConversation) {}

  execute({ request, data }: TitleConversation) {
    return this.conversations.ask(TitleConversation.useCase, request, data.conversationId, (conversationId) => ({
      type: 'TitleConversation',
      data: { conversationId, title: data.title },
    }));
  }
}
