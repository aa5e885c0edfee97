import { rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { PasswordHasher } from './application/ports/password-hasher.js';
import { PASSWORD_HASHER } from './application/ports/tokens.js';
import { PresenceUpkeep } from './application/processes/presence-upkeep.js';
import { ProcessRunner } from './application/processes/process-runner.js';
import { ProjectionHost } from './application/read-models/projection-host.js';
import type { RunnerStatus } from './projections/runtime/projection-runner.js';
import { createDemoPeople, type DemoPerson } from './demo.js';
import type { Engine } from './engine.js';
import { controlPath, startControlServer } from './infrastructure/cli/control-server.js';
import { operationsOf, type Operations } from './infrastructure/cli/operations.js';
import type { Config } from './infrastructure/config/config.js';
import { Connections } from './infrastructure/gateway/connections.js';
import { HandshakeCheck } from './infrastructure/gateway/handshake.js';
import { SocketAdapter } from './infrastructure/gateway/socket-adapter.js';
import { SocketGateway } from './infrastructure/gateway/socket.gateway.js';
import { ProblemFilter } from './infrastructure/http/problem.filter.js';
import { secureHeaders, serveWebClient } from './infrastructure/http/web-client.js';
import { NestLogger } from './infrastructure/telemetry/logger.js';

export interface RunningServer {
  /** As browsers reach it. */
  readonly url: string;
  /** The address that it really listens on. */
  readonly listening: string;
  /** As of now. */
  projections(): readonly RunnerStatus[];
  /** Resolves when the read models hold everything that was written so far. */
  settled(): Promise<void>;
  /** What an operator can have done here. */
  readonly operations: Operations;
  /** Open connections of a person. */
  connectionsOf(userId: string): number;
  /** Whom one can sign in as with the demo password. */
  readonly demoPeople: readonly DemoPerson[];
  /** Ends connections, finishes what was begun, closes the engine. */
  close(): Promise<void>;
}

const WEB_CLIENT = fileURLToPath(new URL('../web', import.meta.url));

/** The one way a server is put together: by `main.ts` and by tests alike. When it fails, everything but the engine is closed again. */
export const startServer = async (
  engine: Engine,
  config: Config,
  logger: Logger,
  webClient = WEB_CLIENT,
): Promise<RunningServer> => {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.on(engine, config, logger), {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.use(secureHeaders(config.publicUrl?.startsWith('https:') ?? false));
  app.useBodyParser('json', { limit: '16kb' });
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useWebSocketAdapter(new SocketAdapter(app, app.get(HandshakeCheck), config.limits));
  serveWebClient(app, webClient);
  const projections = app.get(ProjectionHost);
  const processes = app.get(ProcessRunner);
  const upkeep = app.get(PresenceUpkeep);
  const close = async (): Promise<void> => {
    await app.close();
    await processes.stop();
    await upkeep.stop();
    await projections.stop();
  };
  try {
    await app.init(); // the buses find their handlers here
    await projections.start();
    processes.start();
    await upkeep.start();
    const hasher = app.get<PasswordHasher>(PASSWORD_HASHER);
    const demoPeople = config.demo ? await createDemoPeople(engine, app.get(CommandBus), hasher) : [];
    await app.get(SocketGateway).start();
    await app.listen(config.port, config.host);
    const listening = addressOf(app);
    const url = config.publicUrl ?? listening;
    const settled = async (): Promise<void> => projections.reached(await engine.log.head());
    const operations = operationsOf(app.get(CommandBus), app.get(QueryBus), hasher, settled);
    const closeControl = engine.folder === null ? () => undefined : await openControl(engine.folder, url, operations);
    return {
      url,
      listening,
      projections: () => projections.status,
      settled,
      operations,
      connectionsOf: (userId) => app.get(Connections).of(userId)?.size ?? 0,
      demoPeople,
      close: async () => {
        closeControl();
        await close();
        await engine.close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const addressOf = (app: NestExpressApplication): string => {
  const { address, family, port } = app.getHttpServer().address() as AddressInfo;
  const everywhere = address === '0.0.0.0' || address === '::';
  const host = everywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
};

/** The operator's door, and a note of who holds the data folder. */
const openControl = async (dataDir: string, url: string, operations: Operations): Promise<() => void> => {
  const control = await startControlServer(controlPath(dataDir), operations);
  const note = join(dataDir, 'server.json');
  writeFileSync(note, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 });
  return () => {
    rmSync(note, { force: true });
    control.close();
    control.closeAllConnections();
  };
};
