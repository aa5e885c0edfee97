import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class ChooseAvailability extends Command<Outcome<Commands['presence.choose']['result']>> {
  static readonly useCase = 'presence.choose';
  constructor(
    readonly request: Request,
    readonly data: Commands['presence.choose']['data'],
  ) {
    super();
  }
}
