import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class MuteConversation extends Command<Outcome<Commands['desk.mute']['result']>> {
  static readonly useCase = 'desk.mute';
  constructor(
    readonly request: Request,
    readonly data: Commands['desk.mute']['data'],
  ) {
    super();
  }
}
