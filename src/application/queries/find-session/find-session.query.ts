import { Query } from '@nestjs/cqrs';
import type { Principal } from '../../authorization/policy.js';
import type { Session } from '../../ports/session-store.js';

/** The running session that this token stands for; `null` when there is none (any more). */
export class FindSession extends Query<Session | null> {
  static readonly useCase = 'session.find';
  constructor(
    readonly principal: Principal,
    readonly token: string,
  ) {
    super();
  }
}
