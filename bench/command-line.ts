import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/index.js';
import { FULL, SMOKE, type Sizes } from './sizes.js';

export interface Wanted {
  readonly scenarios: readonly string[];
  readonly json: string | null;
  readonly smoke: boolean;
  readonly sizes: Sizes;
}

/** A command line that cannot be meant. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `usage: npm run bench -- [SCENARIO…] [--json FILE] [--smoke] [--runs N] [--seconds N]
scenarios: ${Object.keys(SCENARIOS).join(', ')} (all of them when none is named)`;

export const wantedBy = (args: readonly string[]): Wanted | 'help' => {
  const { values, positionals } = parsed(args);
  if (values.help === true) return 'help';
  const unknown = positionals.filter((name) => !Object.hasOwn(SCENARIOS, name));
  if (unknown.length > 0) throw new UsageError(`there is no scenario ${unknown.join(', ')}`);
  const smoke = values.smoke === true;
  const standard = smoke ? SMOKE : FULL;
  const sizes: Sizes = {
    ...standard,
    runs: numberOf('--runs', values.runs, /^[1-9]\d{0,2}$/) ?? standard.runs,
    seconds: numberOf('--seconds', values.seconds, /^(?!0*(\.0*)?$)\d{1,4}(\.\d{1,3})?$/) ?? standard.seconds,
  };
  const scenarios = Object.keys(SCENARIOS).filter((name) => positionals.length === 0 || positionals.includes(name));
  return { scenarios, json: values.json ?? null, smoke, sizes };
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        json: { type: 'string' },
        runs: { type: 'string' },
        seconds: { type: 'string' },
        smoke: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const numberOf = (option: string, given: string | undefined, allowed: RegExp): number | null => {
  if (given === undefined) return null;
  if (!allowed.test(given)) throw new UsageError(`${option} ${given}: allowed is a number above 0`);
  return Number(given);
};
