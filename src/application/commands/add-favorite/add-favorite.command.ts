import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class AddFavorite extends Command<Outcome<Commands['roster.add-favorite']['result']>> {
  static readonly useCase = 'roster.add-favorite';
  constructor(
    readonly request: Request,
    readonly data: Commands['roster.add-favorite']['data'],
  ) {
    super();
  }
}
