import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskConversation } from '../conversation/ask-conversation.js';
import { Invitable } from '../conversation/invitable.js';
import { InviteParticipants } from './invite-participants.command.js';

@CommandHandler(InviteParticipants)
export class InviteParticipantsHandler implements ICommandHandler<InviteParticipants> {
  constructor(
    private readonly conversations: AskConversation,
    private readonly invitable: Invitable,
  ) {}

  async execute({ request, data }: InviteParticipants) {
    const { users, allowed } = await this.invitable.people(data.users);
    return this.conversations.ask(
      InviteParticipants.useCase,
      request,
      data.conversationId,
      (conversationId) => ({ type: 'InviteParticipants', data: { conversationId, users } }),
      allowed,
    );
  }
}
