import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class RemoveFavorite extends Command<Outcome<Commands['roster.remove-favorite']['result']>> {
  static readonly useCase = 'roster.remove-favorite';
  constructor(
    readonly request: Request,
    readonly data: Commands['roster.remove-favorite']['data'],
  ) {
    super();
  }
}
