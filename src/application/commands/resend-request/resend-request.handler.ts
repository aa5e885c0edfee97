import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnRoster } from '../roster/own-roster.js';
import { ResendRequest } from './resend-request.command.js';

@CommandHandler(ResendRequest)
export class ResendRequestHandler implements ICommandHandler<ResendRequest> {
  constructor(private readonly roster: OwnRoster) {}

  execute({ request, data }: ResendRequest) {
    return this.roster.askEnabled(ResendRequest.useCase, request, data.user, (owner, user) => ({
      type: 'ResendRequest',
      data: { owner, user },
    }));
  }
}
