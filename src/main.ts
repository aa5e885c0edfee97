import { Command, CommanderError } from 'commander';
import { withinTime } from './application/actors/within-time.js';
import { LogUnavailable } from './application/ports/event-log.js';
import { bannerOf } from './banner.js';
import { EXIT } from './infrastructure/cli/exit-codes.js';
import { ConfigError, loadConfig, readEnvironment, type Config } from './infrastructure/config/config.js';
import { DataFolderInUse } from './infrastructure/sqlite/data-folder.js';
import { createLogger } from './infrastructure/telemetry/logger.js';
import { openEngine } from './open-engine.js';
import { startServer, type RunningServer } from './server.js';
import { VERSION } from './version.js';

/** How long the banner waits for the projections. */
const BANNER_MS = 300;

/** Ends the process with words on standard error; nothing is open that would need closing. */
const fail = (error: unknown): never => {
  process.stderr.write(`parley: ${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof ConfigError || error instanceof CommanderError) process.exit(EXIT.usage);
  if (error instanceof LogUnavailable) process.exit(EXIT.unreachable);
  process.exit(error instanceof DataFolderInUse ? EXIT.busy : EXIT.failed);
};

const configuration = (): Config => {
  const program = new Command('parley serve')
    .description('Starts the server. Settings are environment variables, or lines of a .env file: see README.md.')
    .option('--no-demo', 'do not create the demo people when there are no accounts (production mode never does)')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse();
  const config = loadConfig(readEnvironment(process.cwd(), process.env));
  const { demo } = program.opts<{ demo: boolean }>();
  return { ...config, demo: config.demo && demo };
};

const listenProblem = (error: unknown, { host, port }: Config): unknown => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new Error(`port ${port} of ${host} is taken. Choose another with PARLEY_PORT (0: any free one).`);
  if (code === 'EACCES')
    return new Error(`port ${port} of ${host} may not be used by this user. Choose another with PARLEY_PORT.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error(`this machine has no address ${host}. Set PARLEY_HOST to one that it has.`);
  return error;
};

const serve = async (): Promise<void> => {
  let config: Config;
  try {
    config = configuration();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    return fail(error);
  }
  const logger = createLogger(config.logLevel);
  const engine = await openEngine(config).catch(fail);
  let server: RunningServer;
  try {
    server = await startServer(engine, config, logger);
  } catch (error) {
    await engine.close();
    return fail(listenProblem(error, config));
  }
  // It serves already; only the banner waits a moment, to show where the projections are when they had a chance.
  await withinTime(server.settled(), BANNER_MS, () => undefined);
  process.stdout.write(await bannerOf(engine, server));

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(EXIT.interrupted);
    stopping = true;
    logger.info({ signal }, 'stopping');
    server.close().then(
      () => process.exit(EXIT.done),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(EXIT.failed);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

await serve();
