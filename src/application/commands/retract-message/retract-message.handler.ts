import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskMessage } from '../message/ask-message.js';
import { RetractMessage } from './retract-message.command.js';

@CommandHandler(RetractMessage)
export class RetractMessageHandler implements ICommandHandler<RetractMessage> {
  constructor(private readonly messages: AskMessage) {}

  execute({ request, data }: RetractMessage) {
    return this.messages.askAsAuthor(RetractMessage.useCase, request, data, (message, { mentions }) => ({
      type: 'RetractMessage',
      data: { ...message, mentions },
    }));
  }
}
