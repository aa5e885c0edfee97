import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class TitleConversation extends Command<Outcome<Commands['conversation.title']['result']>> {
  static readonly useCase = 'conversation.title';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.title']['data'],
  ) {
    super();
  }
}
