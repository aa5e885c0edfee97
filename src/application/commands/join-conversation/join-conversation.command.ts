import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class JoinConversation extends Command<Outcome<Commands['conversation.join']['result']>> {
  static readonly useCase = 'conversation.join';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.join']['data'],
  ) {
    super();
  }
}
