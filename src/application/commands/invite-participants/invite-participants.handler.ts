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
    const users = await this.invitable.people(data.users);
    if (users === null) return { ok: false as const, error: 'not-found' as const };
    return this.conversations.ask(InviteParticipants.useCase, request, data.conversationId, (conversationId) => ({
      type: 'InviteParticipants',
      data: { conversationId, users },
    }));
  }
}
