import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnRoster } from '../roster/own-roster.js';
import { AddFavorite } from './add-favorite.command.js';

@CommandHandler(AddFavorite)
export class AddFavoriteHandler implements ICommandHandler<AddFavorite> {
  constructor(private readonly roster: OwnRoster) {}

  execute({ request, data }: AddFavorite) {
    return this.roster.askEnabled(AddFavorite.useCase, request, data.user, (owner, user) => ({
      type: 'AddFavorite',
      data: { owner, user },
    }));
  }
}
