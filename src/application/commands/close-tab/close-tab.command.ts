import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class CloseTab extends Command<Outcome<Commands['desk.close-tab']['result']>> {
  static readonly useCase = 'desk.close-tab';
  constructor(
    readonly request: Request,
    readonly data: Commands['desk.close-tab']['data'],
  ) {
    super();
  }
}
