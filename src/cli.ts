import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CommanderError } from 'commander';
import { ApplicationModule } from './application.module.js';
import { LogUnavailable } from './application/ports/event-log.js';
import { PASSWORD_HASHER } from './application/ports/tokens.js';
import { ProjectionHost } from './application/read-models/projection-host.js';
import { asInstant } from './domain/kernel/instant.js';
import { CliProblem } from './infrastructure/cli/cli-problem.js';
import { controlClient } from './infrastructure/cli/control-client.js';
import { controlPath } from './infrastructure/cli/control-server.js';
import { EXIT } from './infrastructure/cli/exit-codes.js';
import { operationsOf } from './infrastructure/cli/operations.js';
import type { Connected } from './infrastructure/cli/command-line.js';
import { programOf } from './infrastructure/cli/program.js';
import { processTerminal } from './infrastructure/cli/terminal.js';
import type { OpenStores } from './infrastructure/cli/open-stores.js';
import { ConfigError, loadConfig, readEnvironment, type Config } from './infrastructure/config/config.js';
import { DataFolderInUse } from './infrastructure/sqlite/data-folder.js';
import { createLogger } from './infrastructure/telemetry/logger.js';
import { openEngine, openStores } from './open-engine.js';
import { VERSION } from './version.js';

const NOBODY_LISTENS = new Set(['ENOENT', 'ECONNREFUSED']);

/** While a server runs, it does the work: it alone may write to its data. */
const connect = async (): Promise<Connected> => {
  const config = loadConfig(readEnvironment(process.cwd(), process.env));
  // Without a folder of its own a server is one node of many, and this process may be one more.
  if (config.eventStoreUrl !== null && config.mongodbUrl !== null) return connectHere(config);
  const remote = controlClient(controlPath(config.dataDir));
  try {
    await remote('ping', {});
    return { operations: remote, close: () => Promise.resolve() };
  } catch (error) {
    if (!NOBODY_LISTENS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  return connectHere(config);
};

/** The application in this very process, without any door. */
const connectHere = async (config: Config): Promise<Connected> => {
  const engine = await openEngine(config);
  const logger = createLogger('error');
  const app = await NestFactory.createApplicationContext(ApplicationModule.on(engine, config, logger), {
    logger: false,
  });
  const projections = app.get(ProjectionHost);
  await projections.start();
  return {
    operations: operationsOf(app.get(CommandBus), app.get(QueryBus), app.get(PASSWORD_HASHER), async () =>
      projections.reached(await engine.log.head()),
    ),
    close: async () => {
      await projections.stop();
      await app.close();
      await engine.close();
    },
  };
};

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CliProblem) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof LogUnavailable) return EXIT.unreachable;
  return error instanceof DataFolderInUse ? EXIT.busy : EXIT.failed;
};

/** Ctrl-C once: the work under way ends where it can go on later. Twice: at once. */
const interruption = new AbortController();
const onInterrupt = (): void => {
  if (interruption.signal.aborted) process.exit(EXIT.interrupted);
  interruption.abort();
};

const openStoresHere = async (): Promise<OpenStores> => {
  const config = loadConfig(readEnvironment(process.cwd(), process.env));
  const { close, ...stores } = await openStores(config);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return {
    ...stores,
    clock: { now: () => asInstant(Date.now()) },
    holder: `parley on ${hostname()} (process ${process.pid}, ${randomBytes(3).toString('hex')})`,
    close: async () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
      await close();
    },
  };
};

const program = programOf({
  version: VERSION,
  terminal: processTerminal,
  connect,
  openStores: openStoresHere,
  interrupted: interruption.signal,
  serve: async () => {
    process.argv.splice(2, 1); // what follows `serve` is for the server
    await import('./main.js');
  },
});
try {
  await program.parseAsync();
} catch (error) {
  // Commander has said its own problems already.
  if (!(error instanceof CommanderError))
    processTerminal.err(`parley: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
