import { statfsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import type { Bench } from './bench.js';
import { isBuilt } from './built.js';
import { USAGE, UsageError, wantedBy, type Wanted } from './command-line.js';
import type { Measurement } from './figures.js';
import { problemsIn, warningsIn } from './judging.js';
import { LIMITS_RAISED } from './raised-limits.js';
import { SCENARIOS } from './scenarios/index.js';
import { SeededFolders } from './seed/seeded-folders.js';
import { Started } from './started.js';
import { tableOf } from './table.js';

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;
/** See statfs(2). */
const TMPFS = 0x01021994;

const out = (text: string): void => void process.stdout.write(text);
const say = (words: string): void => void process.stderr.write(`${words}\n`);

const usage = (words: string): never => {
  say(`bench: ${words}\n${USAGE}`);
  process.exit(EXIT.usage);
};

const wanted = (): Wanted => {
  try {
    const given = wantedBy(process.argv.slice(2));
    if (given !== 'help') return given;
    out(`${USAGE}\n`);
    process.exit(EXIT.done);
  } catch (error) {
    if (error instanceof UsageError) return usage(error.message);
    throw error;
  }
};

const introduce = ({ smoke, sizes }: Wanted): void => {
  const limits = Object.entries(LIMITS_RAISED).map(([name, value]) => `  ${name}=${value}`);
  out(
    `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), data in ${tmpdir()}\n`,
  );
  out(`${sizes.runs} runs of ${sizes.seconds} s; each figure is their median (min–max)\n`);
  out(`The server runs with raised limits:\n${limits.join('\n')}\n\n`);
  if (smoke) out('A smoke run: whether everything works, not how fast it is.\n\n');
  if (statfsSync(tmpdir()).type === TMPFS)
    out(`${tmpdir()} is in memory: fsync costs nothing there. Set TMPDIR to a folder on a disk.\n\n`);
};

const run = async ({ scenarios, json, smoke, sizes }: Wanted, started: Started): Promise<number> => {
  const problems: string[] = [];
  const failures: string[] = [];
  const all: Measurement[] = [];
  const problem = (words: string): void => void problems.push(words);
  const bench: Bench = { started, folders: new SeededFolders(started, say), sizes, say, problem };
  for (const name of scenarios)
    try {
      const measurements = (await SCENARIOS[name]?.(bench)) ?? [];
      all.push(...measurements);
      problems.push(...problemsIn(measurements));
      out(`${tableOf(measurements)}\n`);
      for (const warning of warningsIn(measurements)) out(`Warning: ${warning}\n\n`);
    } catch (error) {
      started.endProcesses(); // a scenario that failed may have left some
      failures.push(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  for (const words of [...problems, ...failures]) say(`bench: ${words}`);
  if (json !== null) writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
  return failures.length > 0 || (smoke && problems.length > 0) ? EXIT.failed : EXIT.done;
};

const given = wanted();
if (!isBuilt()) usage('the server is not built: npm run build');
const started = new Started();
process.on('exit', () => started.endAll());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(EXIT.interrupted));
introduce(given);
process.exit(await run(given, started));
