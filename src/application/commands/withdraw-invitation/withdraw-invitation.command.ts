import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class WithdrawInvitation extends Command<Outcome<Commands['conversation.withdraw']['result']>> {
  static readonly useCase = 'conversation.withdraw';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.withdraw']['data'],
  ) {
    super();
  }
}
