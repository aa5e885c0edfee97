import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class LeaveConversation extends Command<Outcome<Commands['conversation.leave']['result']>> {
  static readonly useCase = 'conversation.leave';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.leave']['data'],
  ) {
    super();
  }
}
