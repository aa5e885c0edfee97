import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnRoster } from '../roster/own-roster.js';
import { RevokeWatcher } from './revoke-watcher.command.js';

@CommandHandler(RevokeWatcher)
export class RevokeWatcherHandler implements ICommandHandler<RevokeWatcher> {
  constructor(private readonly roster: OwnRoster) {}

  execute({ request, data }: RevokeWatcher) {
    return this.roster.ask(RevokeWatcher.useCase, request, data.user, (owner, user) => ({
      type: 'RevokeWatcher',
      data: { owner, user },
    }));
  }
}
