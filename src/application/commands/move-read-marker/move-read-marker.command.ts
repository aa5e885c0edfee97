import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class MoveReadMarker extends Command<Outcome<Commands['desk.move-read-marker']['result']>> {
  static readonly useCase = 'desk.move-read-marker';
  constructor(
    readonly request: Request,
    readonly data: Commands['desk.move-read-marker']['data'],
  ) {
    super();
  }
}
