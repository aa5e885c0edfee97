import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class StartGroup extends Command<Outcome<Commands['conversation.start-group']['result']>> {
  static readonly useCase = 'conversation.start-group';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.start-group']['data'],
  ) {
    super();
  }
}
