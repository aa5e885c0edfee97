import { Command } from '@nestjs/cqrs';
import type { Commands } from '../../protocol/index.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

export class RevokeWatcher extends Command<Outcome<Commands['roster.revoke-watcher']['result']>> {
  static readonly useCase = 'roster.revoke-watcher';
  constructor(
    readonly request: Request,
    readonly data: Commands['roster.revoke-watcher']['data'],
  ) {
    super();
  }
}
