import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class RemoveReaction extends Command<Outcome<Commands['message.unreact']['result']>> {
  static readonly useCase = 'message.unreact';
  constructor(
    readonly request: Request,
    readonly data: Commands['message.unreact']['data'],
  ) {
    super();
  }
}
