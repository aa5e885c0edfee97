import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class ShareReading extends Command<Outcome<Commands['desk.share-reading']['result']>> {
  static readonly useCase = 'desk.share-reading';
  constructor(
    readonly request: Request,
    readonly data: Commands['desk.share-reading']['data'],
  ) {
    super();
  }
}
