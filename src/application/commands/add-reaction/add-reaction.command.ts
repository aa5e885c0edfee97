import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class AddReaction extends Command<Outcome<Commands['message.react']['result']>> {
  static readonly useCase = 'message.react';
  constructor(
    readonly request: Request,
    readonly data: Commands['message.react']['data'],
  ) {
    super();
  }
}
