import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '../../application/ports/clock.js';
import type { SessionStore } from '../../application/ports/session-store.js';
import { CLOCK, SESSION_STORE } from '../../application/ports/tokens.js';
import { SESSION_LIMITS } from '../../application/queries/find-session/session-limits.js';
import { LOGGER } from '../tokens.js';
import type { Connection } from './connection.js';

/** Sessions of open connections: being connected is use, and no connection outlives its session. */
@Injectable()
export class SessionUpkeep {
  private touchedAt = 0;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SESSION_STORE) private readonly sessions: SessionStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Called with every heartbeat. */
  look(connections: Iterable<Connection>): void {
    const now = this.clock.now();
    const touch = now - this.touchedAt > SESSION_LIMITS.upkeepMs;
    if (touch) this.touchedAt = now;
    for (const connection of connections) {
      const { id, startedAt } = connection.session;
      if (now - startedAt > SESSION_LIMITS.absoluteMs) connection.close('signed-out');
      else if (touch)
        this.sessions.touch(id, now).catch((error: unknown) => {
          this.logger.warn({ err: error }, 'the use of a session was not noted');
        });
    }
  }
}
