import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnDesk } from '../desk/own-desk.js';
import { MuteConversation } from './mute-conversation.command.js';

@CommandHandler(MuteConversation)
export class MuteConversationHandler implements ICommandHandler<MuteConversation> {
  constructor(private readonly desk: OwnDesk) {}

  execute({ request, data }: MuteConversation) {
    return this.desk.ask(MuteConversation.useCase, request, data.conversationId, (conversationId, _, stay) => ({
      type: 'MuteConversation',
      data: { conversationId, muted: data.muted, stay },
    }));
  }
}
