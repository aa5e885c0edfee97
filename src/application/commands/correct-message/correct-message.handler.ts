import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskMessage } from '../message/ask-message.js';
import { CorrectMessage } from './correct-message.command.js';

@CommandHandler(CorrectMessage)
export class CorrectMessageHandler implements ICommandHandler<CorrectMessage> {
  constructor(private readonly messages: AskMessage) {}

  execute({ request, data }: CorrectMessage) {
    return this.messages.askAsAuthor(CorrectMessage.useCase, request, data, (message) => ({
      type: 'CorrectMessage',
      data: { ...message, text: data.text },
    }));
  }
}
