import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class DeclineInvitation extends Command<Outcome<Commands['conversation.decline']['result']>> {
  static readonly useCase = 'conversation.decline';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.decline']['data'],
  ) {
    super();
  }
}
