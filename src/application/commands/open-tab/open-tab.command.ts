import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class OpenTab extends Command<Outcome<Commands['desk.open-tab']['result']>> {
  static readonly useCase = 'desk.open-tab';
  constructor(
    readonly request: Request,
    readonly data: Commands['desk.open-tab']['data'],
  ) {
    super();
  }
}
