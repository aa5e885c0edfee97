import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class SetSchedule extends Command<Outcome<Commands['desk.set-schedule']['result']>> {
  static readonly useCase = 'desk.set-schedule';
  constructor(
    readonly request: Request,
    readonly data: Commands['desk.set-schedule']['data'],
  ) {
    super();
  }
}
