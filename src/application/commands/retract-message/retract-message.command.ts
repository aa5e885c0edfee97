import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class RetractMessage extends Command<Outcome<Commands['message.retract']['result']>> {
  static readonly useCase = 'message.retract';
  constructor(
    readonly request: Request,
    readonly data: Commands['message.retract']['data'],
  ) {
    super();
  }
}
