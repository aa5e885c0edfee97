import { rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { PASSWORD_HASHER } from './application/ports/tokens.js';
import { ProjectionHost } from './application/read-models/projection-host.js';
import type { RunnerStatus } from './projections/runtime/projection-runner.js';
import { createDemoPeople, type DemoPerson } from './demo.js';
import type { Engine } from './engine.js';
import { controlPath, startControlServer } from './infrastructure/cli/control-server.js';
import { operationsOf } from './infrastructure/cli/operations.js';
import type { Config } from './infrastructure/config/config.js';
import { HandshakeCheck } from './infrastructure/gateway/handshake.js';
import { SocketAdapter } from './infrastructure/gateway/socket-adapter.js';
import { SocketGateway } from './infrastructure/gateway/socket.gateway.js';
import { ProblemFilter } from './infrastructure/http/problem.filter.js';
import { secureHeaders, serveWebClient } from './infrastructure/http/web-client.js';
import { NestLogger } from './infrastructure/telemetry/logger.js';

export interface RunningServer {
  readonly url: string;
  readonly projections: readonly RunnerStatus[];
  /** Made in this start; none when there were accounts already. */
  readonly demoPeople: readonly DemoPerson[];
  /** Ends connections, finishes what was begun, closes the engine. */
  close(): Promise<void>;
}

const WEB_CLIENT = fileURLToPath(new URL('../web', import.meta.url));

/** The one way a server is put together: by `main.ts` and by tests alike. */
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

  const host = app.get(ProjectionHost);
  await host.start();
  const demoPeople = config.demo ? await createDemoPeople(engine, app.get(CommandBus), app.get(PASSWORD_HASHER)) : [];
  await app.get(SocketGateway).start();
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;

  const operations = operationsOf(app.get(CommandBus), app.get(QueryBus), app.get(PASSWORD_HASHER));
  const control = await startControlServer(controlPath(config.dataDir), operations);
  const serverFile = join(config.dataDir, 'server.json');
  writeFileSync(serverFile, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 });

  return {
    url,
    projections: host.status,
    demoPeople,
    close: async () => {
      rmSync(serverFile, { force: true });
      control.close();
      control.closeAllConnections();
      await app.close();
      await host.stop();
      await engine.close();
    },
  };
};
