import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskMessage } from '../message/ask-message.js';
import { AddReaction } from './add-reaction.command.js';

@CommandHandler(AddReaction)
export class AddReactionHandler implements ICommandHandler<AddReaction> {
  constructor(private readonly messages: AskMessage) {}

  execute({ request, data }: AddReaction) {
    return this.messages.ask(AddReaction.useCase, request, data, (message) => ({
      type: 'AddReaction',
      data: { ...message, reaction: data.reaction },
    }));
  }
}
