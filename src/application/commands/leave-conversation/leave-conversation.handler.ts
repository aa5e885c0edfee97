import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskConversation } from '../conversation/ask-conversation.js';
import { LeaveConversation } from './leave-conversation.command.js';

@CommandHandler(LeaveConversation)
export class LeaveConversationHandler implements ICommandHandler<LeaveConversation> {
  constructor(private readonly conversations: AskConversation) {}

  execute({ request, data }: LeaveConversation) {
    return this.conversations.ask(LeaveConversation.useCase, request, data.conversationId, (conversationId) => ({
      type: 'LeaveConversation',
      data: { conversationId },
    }));
  }
}
