import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class PostMessage extends Command<Outcome<Commands['conversation.post']['result']>> {
  static readonly useCase = 'conversation.post';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.post']['data'],
  ) {
    super();
  }
}
