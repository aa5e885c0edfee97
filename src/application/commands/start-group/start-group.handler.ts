import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type ConversationId } from '../../../domain/kernel/ids.js';
import { uuidv5 } from '../../actors/uuid.js';
import { AskConversation } from '../conversation/ask-conversation.js';
import { Invitable } from '../conversation/invitable.js';
import { commandIdOf } from '../request.js';
import { StartGroup } from './start-group.command.js';

const NAMESPACE = '6f1d8f0a-3c57-4c1b-9a68-2f4e0b7d5c13';

@CommandHandler(StartGroup)
export class StartGroupHandler implements ICommandHandler<StartGroup> {
  constructor(
    private readonly conversations: AskConversation,
    private readonly invitable: Invitable,
  ) {}

  async execute({ request, data }: StartGroup) {
    const { users: invited, allowed } = await this.invitable.people(data.with);
    // One intention makes one group, however often it is sent.
    const conversationId = asId<ConversationId>(uuidv5(NAMESPACE, commandIdOf(request)));
    const outcome = await this.conversations.ask(
      StartGroup.useCase,
      request,
      conversationId,
      () => ({ type: 'StartGroupConversation', data: { conversationId, invited, title: data.title ?? null } }),
      allowed,
    );
    return outcome.ok ? { ...outcome, result: { conversationId } } : outcome;
  }
}
