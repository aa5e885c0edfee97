import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { admits } from '../../../domain/account/index.js';
import { ActorSystem } from '../../actors/actor-system.js';
import { authorize } from '../../authorization/policy.js';
import { tokenHash } from '../../commands/start-session/token-hash.js';
import type { Clock } from '../../ports/clock.js';
import type { SessionStore } from '../../ports/session-store.js';
import { CLOCK, SESSION_STORE } from '../../ports/tokens.js';
import { SESSION_LIMITS } from './session-limits.js';
import { FindSession } from './find-session.query.js';

@QueryHandler(FindSession)
export class FindSessionHandler implements IQueryHandler<FindSession> {
  constructor(
    private readonly actors: ActorSystem,
    @Inject(SESSION_STORE) private readonly sessions: SessionStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ principal, token }: FindSession) {
    authorize(FindSession.useCase, principal);
    const session = await this.sessions.find(tokenHash(token));
    if (!session) return null;
    const now = this.clock.now();
    const { idleMs, absoluteMs, touchMs } = SESSION_LIMITS;
    if (now - session.lastSeenAt > idleMs || now - session.startedAt > absoluteMs) {
      await this.sessions.remove(session.id);
      return null;
    }
    // The log has the last word: a session row that outlived its account's disabling opens nothing.
    const { state } = await this.actors.state('account', session.userId);
    if (!admits(state, session.startedAt)) return null;
    if (now - session.lastSeenAt > touchMs) await this.sessions.touch(session.id, now);
    return session;
  }
}
