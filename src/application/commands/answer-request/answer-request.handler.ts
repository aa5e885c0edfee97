import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnRoster } from '../roster/own-roster.js';
import { AnswerRequest } from './answer-request.command.js';

@CommandHandler(AnswerRequest)
export class AnswerRequestHandler implements ICommandHandler<AnswerRequest> {
  constructor(private readonly roster: OwnRoster) {}

  execute({ request, data: { from, accept, addToo = false } }: AnswerRequest) {
    return this.roster.ask(AnswerRequest.useCase, request, from, (owner, user) => ({
      type: 'AnswerRequest',
      data: { owner, from: user, accept, addToo },
    }));
  }
}
