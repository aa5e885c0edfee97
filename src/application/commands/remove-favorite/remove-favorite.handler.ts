import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnRoster } from '../roster/own-roster.js';
import { RemoveFavorite } from './remove-favorite.command.js';

@CommandHandler(RemoveFavorite)
export class RemoveFavoriteHandler implements ICommandHandler<RemoveFavorite> {
  constructor(private readonly roster: OwnRoster) {}

  execute({ request, data }: RemoveFavorite) {
    return this.roster.ask(RemoveFavorite.useCase, request, data.user, (owner, user) => ({
      type: 'RemoveFavorite',
      data: { owner, user },
    }));
  }
}
