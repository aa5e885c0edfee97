import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class StartConversation extends Command<Outcome<Commands['conversation.start']['result']>> {
  static readonly useCase = 'conversation.start';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.start']['data'],
  ) {
    super();
  }
}
