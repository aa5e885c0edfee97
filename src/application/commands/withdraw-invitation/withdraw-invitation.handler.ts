import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type UserId } from '../../../domain/kernel/ids.js';
import { AskConversation } from '../conversation/ask-conversation.js';
import { WithdrawInvitation } from './withdraw-invitation.command.js';

@CommandHandler(WithdrawInvitation)
export class WithdrawInvitationHandler implements ICommandHandler<WithdrawInvitation> {
  constructor(private readonly conversations: AskConversation) {}

  execute({ request, data }: WithdrawInvitation) {
    return this.conversations.ask(WithdrawInvitation.useCase, request, data.conversationId, (conversationId) => ({
      type: 'WithdrawInvitation',
      data: { conversationId, user: asId<UserId>(data.user) },
    }));
  }
}
