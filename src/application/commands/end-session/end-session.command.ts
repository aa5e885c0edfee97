import { Command } from '@nestjs/cqrs';
import type { SessionId } from '../../../domain/kernel/ids.js';
import type { Outcome } from '../outcome.js';
import type { Request } from '../request.js';

/** Sign out: the session's sockets close on every node, and its token opens nothing any more. */
export class EndSession extends Command<Outcome<Record<string, never>>> {
  static readonly useCase = 'session.end';
  constructor(
    readonly request: Request,
    readonly sessionId: SessionId,
  ) {
    super();
  }
}
