import { LogUnavailable } from '../../application/ports/event-log.js';
import { LeaseHeld } from '../../application/read-models/held-lease.js';
import { RebuildRefused } from '../../application/read-models/rebuild.js';
import { BuildInterrupted } from '../../projections/runtime/generation-builder.js';
import { CliProblem } from './cli-problem.js';
import type { CommandLine } from './command-line.js';
import { EXIT } from './exit-codes.js';
import type { OpenStores } from './open-stores.js';

/** Opens the stores for one command, and says what goes wrong in words and with the exit code that scripts rely on. */
export const withStores = async (line: CommandLine, work: (stores: OpenStores) => Promise<void>): Promise<void> => {
  let stores: OpenStores;
  try {
    stores = await line.openStores();
  } catch (error) {
    throw isConfiguration(error) ? error : new CliProblem(messageOf(error), EXIT.unreachable);
  }
  try {
    await work(stores);
  } catch (error) {
    throw problemOf(error);
  } finally {
    await stores.close();
  }
};

const isConfiguration = (error: unknown): boolean => error instanceof Error && error.name === 'ConfigError';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const problemOf = (error: unknown): unknown => {
  if (error instanceof LeaseHeld)
    return new CliProblem(
      `${error.holder} is at it now; wait for it, or end it and try again in ten seconds`,
      EXIT.busy,
    );
  if (error instanceof LogUnavailable) return new CliProblem(error.message, EXIT.unreachable);
  if (error instanceof RebuildRefused) return new CliProblem(error.message, EXIT.usage);
  if (error instanceof BuildInterrupted) return new CliProblem(error.message, EXIT.interrupted);
  return error;
};
