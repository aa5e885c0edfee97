import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskMessage } from '../message/ask-message.js';
import { RemoveReaction } from './remove-reaction.command.js';

@CommandHandler(RemoveReaction)
export class RemoveReactionHandler implements ICommandHandler<RemoveReaction> {
  constructor(private readonly messages: AskMessage) {}

  execute({ request, data }: RemoveReaction) {
    return this.messages.ask(RemoveReaction.useCase, request, data, (message) => ({
      type: 'RemoveReaction',
      data: { ...message, reaction: data.reaction },
    }));
  }
}
