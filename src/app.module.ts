import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { ActorSystem } from './application/actors/actor-system.js';
import type { Directory } from './application/ports/directory.js';
import type { EventLog } from './application/ports/event-log.js';
import type { Clock } from './application/ports/clock.js';
import type { LeaseStore } from './application/ports/lease-store.js';
import { CLOCK, DIRECTORY, EVENT_LOG, LEASE_STORE } from './application/ports/tokens.js';
import { PresenceUpkeep } from './application/processes/presence-upkeep.js';
import { ReadModels } from './application/read-models/read-models.js';
import { ApplicationModule } from './application.module.js';
import type { Engine } from './engine.js';
import type { Config } from './infrastructure/config/config.js';
import { Connections } from './infrastructure/gateway/connections.js';
import { FrameHandler } from './infrastructure/gateway/frame-handler.js';
import { HandshakeCheck } from './infrastructure/gateway/handshake.js';
import { LiveFeed } from './infrastructure/gateway/live-feed.js';
import { Opening } from './infrastructure/gateway/opening.js';
import { PresenceKeeper } from './infrastructure/gateway/presence-keeper.js';
import { SessionUpkeep } from './infrastructure/gateway/session-upkeep.js';
import { SocketGateway } from './infrastructure/gateway/socket.gateway.js';
import { Writers } from './infrastructure/gateway/writers.js';
import { HealthController } from './infrastructure/http/health.controller.js';
import { READINESS } from './infrastructure/http/readiness.js';
import { SessionController } from './infrastructure/http/session.controller.js';
import { NODE_NAME } from './infrastructure/tokens.js';
import { WebOrigin } from './infrastructure/web-origin/web-origin.js';
import { ServerReadiness } from './readiness.js';

/** The server: the application with its HTTP and socket doors. */
@Module({})
export class AppModule {
  static on(engine: Engine, config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [ApplicationModule.on(engine, config, logger)],
      controllers: [SessionController, HealthController],
      providers: [
        WebOrigin,
        Connections,
        HandshakeCheck,
        Opening,
        FrameHandler,
        Writers,
        PresenceKeeper,
        SessionUpkeep,
        SocketGateway,
        {
          provide: LiveFeed,
          useFactory: (log: EventLog, actors: ActorSystem, directory: Directory) =>
            new LiveFeed(log, actors, directory),
          inject: [EVENT_LOG, ActorSystem, DIRECTORY],
        },
        {
          provide: PresenceUpkeep,
          useFactory: (
            log: EventLog,
            actors: ActorSystem,
            readModels: ReadModels,
            leases: LeaseStore,
            clock: Clock,
            node: string,
          ) =>
            new PresenceUpkeep({
              log,
              actors,
              readModels,
              leases,
              clock,
              node,
              graceMs: config.limits.presenceGraceMs,
              warn: (message, error) => {
                logger.warn({ err: error }, message);
              },
            }),
          inject: [EVENT_LOG, ActorSystem, ReadModels, LEASE_STORE, CLOCK, NODE_NAME],
        },
        { provide: READINESS, useClass: ServerReadiness },
      ],
    };
  }
}
