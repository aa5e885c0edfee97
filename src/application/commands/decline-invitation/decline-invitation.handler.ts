import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskConversation } from '../conversation/ask-conversation.js';
import { DeclineInvitation } from './decline-invitation.command.js';

@CommandHandler(DeclineInvitation)
export class DeclineInvitationHandler implements ICommandHandler<DeclineInvitation> {
  constructor(private readonly conversations: AskConversation) {}

  execute({ request, data }: DeclineInvitation) {
    return this.conversations.ask(DeclineInvitation.useCase, request, data.conversationId, (conversationId) => ({
      type: 'DeclineInvitation',
      data: { conversationId },
    }));
  }
}
