import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class InviteParticipants extends Command<Outcome<Commands['conversation.invite']['result']>> {
  static readonly useCase = 'conversation.invite';
  constructor(
    readonly request: Request,
    readonly data: Commands['conversation.invite']['data'],
  ) {
    super();
  }
}
