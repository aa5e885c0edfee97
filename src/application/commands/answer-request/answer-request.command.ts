import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class AnswerRequest extends Command<Outcome<Commands['roster.answer-request']['result']>> {
  static readonly useCase = 'roster.answer-request';
  constructor(
    readonly request: Request,
    readonly data: Commands['roster.answer-request']['data'],
  ) {
    super();
  }
}
