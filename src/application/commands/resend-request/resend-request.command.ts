import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class ResendRequest extends Command<Outcome<Commands['roster.resend-request']['result']>> {
  static readonly useCase = 'roster.resend-request';
  constructor(
    readonly request: Request,
    readonly data: Commands['roster.resend-request']['data'],
  ) {
    super();
  }
}
