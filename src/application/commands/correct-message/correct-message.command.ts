import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class CorrectMessage extends Command<Outcome<Commands['message.correct']['result']>> {
  static readonly useCase = 'message.correct';
  constructor(
    readonly request: Request,
    readonly data: Commands['message.correct']['data'],
  ) {
    super();
  }
}
