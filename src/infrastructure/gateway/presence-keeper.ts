import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ActorSystem } from '../../application/actors/actor-system.js';
import { withinTime } from '../../application/actors/within-time.js';
import type { RecordedEvent } from '../../application/ports/event-log.js';
import type { Randomness } from '../../application/ports/randomness.js';
import { RANDOMNESS } from '../../application/ports/tokens.js';
import type { Limits } from '../../application/protocol/index.js';
import type { PresenceEvent } from '../../domain/presence/index.js';
import { LIMITS_TOKEN, LOGGER, NODE_NAME } from '../tokens.js';
import type { Connection } from './connection.js';
import { KeptSession, type KeptOptions } from './kept-session.js';

/** How long the farewells may take when the server stops. What is not said by then, other nodes find out (`PresenceUpkeep`). */
const FAREWELL_MS = 2_000;

/** Tells the presences of people which of their sign-ins have connections here. */
@Injectable()
export class PresenceKeeper {
  private readonly sessions = new Map<string, KeptSession>();
  private readonly options: KeptOptions;

  constructor(
    private readonly actors: ActorSystem,
    @Inject(RANDOMNESS) private readonly randomness: Randomness,
    @Inject(LIMITS_TOKEN) limits: Limits,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(NODE_NAME) private readonly node: string,
  ) {
    this.options = { node, graceMs: limits.presenceGraceMs };
  }

  /** The connection shows something now; again and again is harmless. */
  live(connection: Connection): void {
    const { id, userId } = connection.session;
    let session = this.sessions.get(id);
    if (!session) {
      session = new KeptSession({ id, userId, device: connection.device }, this.options, {
        ask: async (command) => {
          const commandId = this.randomness.uuid();
          const envelope = {
            command,
            commandId: commandId as never,
            principal: 'system',
            correlationId: commandId,
          } as const;
          const answer = await this.actors.ask('presence', userId, envelope);
          if (answer.kind !== 'accepted') this.logger.debug({ answer, type: command.type }, 'presence is told later');
          return answer.kind === 'accepted';
        },
        over: () => this.sessions.delete(id),
      });
      this.sessions.set(id, session);
    }
    session.connected(connection);
  }

  /** Somebody is at that device, or nobody any more: see `Connection.active`. */
  activity(connection: Connection): void {
    void this.sessions.get(connection.session.id)?.settle();
  }

  gone(connection: Connection): void {
    this.sessions.get(connection.session.id)?.disconnected(connection);
  }

  /** Signed out: at once, whatever connections there still are. `null`: all sessions of the person. */
  ended(userId: string, sessionId: string | null): void {
    for (const session of this.sessions.values())
      if (session.userId === userId && (sessionId === null || session.id === sessionId)) void session.end();
  }

  /** Another node took this one for dead, while it was not: what it closed is opened again. */
  event({ event }: RecordedEvent): void {
    const { type, data } = event as PresenceEvent;
    if (type !== 'SessionsExpired' || data.node !== this.node) return;
    for (const session of this.sessions.values()) if (session.userId === data.user) session.expired();
  }

  /** Closes all sessions at once, as far as that succeeds in time. */
  async stop(): Promise<void> {
    const farewells = [...this.sessions.values()].map((session) => session.end());
    await withinTime(Promise.all(farewells), FAREWELL_MS, () => undefined);
    for (const session of this.sessions.values()) session.abandon();
  }
}
