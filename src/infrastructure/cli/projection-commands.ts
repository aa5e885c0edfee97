import { Command, Option } from 'commander';
import type { Service } from '../../application/ports/read-model-store.js';
import { discard, promote, rebuild, rollback, verify, type Rebuilt } from '../../application/read-models/rebuild.js';
import { generationOf, serviceOf } from '../../application/read-models/service.js';
import { PROJECTIONS } from '../../projections/index.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { BUILD_BATCH } from '../../projections/runtime/generation-builder.js';
import { CliProblem } from './cli-problem.js';
import type { CommandLine } from './command-line.js';
import { EXIT } from './exit-codes.js';
import { grouped } from './printable.js';
import { ProgressLine } from './progress-line.js';
import { listProjections, showProjections } from './projection-status.js';
import type { OpenStores } from './open-stores.js';
import { withStores } from './with-stores.js';

interface Output {
  readonly json?: boolean;
}
interface RebuildOptions extends Output {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly resume?: boolean;
  readonly anew?: boolean;
  readonly yes?: boolean;
  readonly promote: 'auto' | 'manual';
  readonly keepHours: number;
  readonly batch: number;
}

const HOUR_MS = 3_600_000;
const KEEP_HOURS = 96;
/** Servers notice a switch within seconds: until then they read the former generation, which must be there. */
const KEEP_LEAST_MS = 60_000;
const keepMsOf = ({ keepHours }: { readonly keepHours: number }): number =>
  Math.max(keepHours * HOUR_MS, KEEP_LEAST_MS);

const hours = (text: string): number => {
  if (!/^\d{1,4}$/.test(text))
    throw new CliProblem(`--keep-hours ${text}: allowed is a whole number of hours`, EXIT.usage);
  return Number(text);
};

const batchSize = (text: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new CliProblem(`--batch ${text}: allowed is a whole number from 1 to 99999`, EXIT.usage);
  return Number(text);
};

/** `parley projections …`. */
export const projectionCommands = (line: CommandLine): Command => {
  const projections = new Command('projections')
    .alias('projection')
    .description('read models: where they are, whether they are right, and making them anew from the log')
    .exitOverride();
  const command = (nameAndArguments: string, description: string): Command =>
    projections.command(nameAndArguments).description(description).option('--json', 'the result as one JSON document');
  const keeping = (it: Command): Command =>
    it.option('--keep-hours <hours>', 'how long the former generation is kept for a rollback', hours, KEEP_HOURS);

  command('list', 'all projections, in a table').action((options: Output) =>
    withStores(line, async (stores) => {
      say(line, options, await listProjections(stores));
    }),
  );
  command('status [name]', 'what each one does now; one that stopped, where and why (exit code 1 then)').action(
    (name: string | undefined, options: Output) =>
      withStores(line, async (stores) => {
        const { stopped, ...said } = await showProjections(stores, name === undefined ? PROJECTIONS : [named(name)]);
        say(line, options, said);
        if (stopped) process.exitCode = EXIT.failed;
      }),
  );
  keeping(
    command('rebuild [name]', 'build a new generation beside the serving one, compare, and switch if they are equal'),
  )
    .option('--all', 'every projection, one after another')
    .option('--dry-run', 'say what would be done')
    .option('--resume', 'go on with an unfinished generation')
    .option('--anew', 'drop an unfinished generation and begin again')
    .addOption(
      new Option('--promote <when>', 'switch when equal, or never').choices(['auto', 'manual']).default('auto'),
    )
    .option('--batch <events>', 'events in one write', batchSize, BUILD_BATCH)
    .option('--yes', 'do not ask')
    .action((name: string | undefined, options: RebuildOptions) => rebuildAll(line, name, options));
  command('verify [name]', 'compare with a fresh fold of the log; names the rows that differ (exit code 3 then)')
    .option('--all', 'every projection, one after another')
    .action((name: string | undefined, options: Output & { readonly all?: boolean }) =>
      withStores(line, async (stores) => {
        const results = [];
        for (const projection of chosen(name, options.all)) results.push(await verifyOne(line, projection, stores));
        conclude(line, options, results);
      }),
    );
  keeping(command('promote <name>', 'make the new generation serve although it differs')).action(
    (name: string, options: Output & { readonly keepHours: number }) =>
      withStores(line, async ({ readModels, clock }) => {
        const service = await promote(named(name).name, keepMsOf(options), readModels, clock.now());
        say(line, options, { result: { projection: name, service }, words: servedWords(name, service) });
      }),
  );
  keeping(command('rollback <name>', 'make the generation that served before serve again')).action(
    (name: string, options: Output & { readonly keepHours: number }) =>
      withStores(line, async ({ readModels, clock }) => {
        const service = await rollback(named(name).name, keepMsOf(options), readModels, clock.now());
        say(line, options, { result: { projection: name, service }, words: servedWords(name, service) });
      }),
  );
  command('discard <name>', 'drop a new generation that does not serve').action((name: string, options: Output) =>
    withStores(line, async (stores) => {
      const service = await discard(named(name).name, partsOf(line, stores, null));
      say(line, options, { result: { projection: name, service }, words: servedWords(name, service) });
    }),
  );
  return projections;
};

const named = (name: string): Projection => {
  const found = PROJECTIONS.find((projection) => projection.name === name);
  if (found) return found;
  throw new CliProblem(
    `there is no projection ${name}; there are ${PROJECTIONS.map((projection) => projection.name).join(', ')}`,
    EXIT.usage,
  );
};

const chosen = (name: string | undefined, all = false): readonly Projection[] => {
  if ((name === undefined) !== all) throw new CliProblem('give the name of a projection, or --all', EXIT.usage);
  return name === undefined ? PROJECTIONS : [named(name)];
};

const partsOf = (line: CommandLine, stores: OpenStores, progress: ProgressLine | null) => ({
  ...stores,
  store: stores.readModels,
  signal: line.interrupted,
  report: (made: Parameters<ProgressLine['show']>[0]) => progress?.show(made),
});

const rebuildAll = (line: CommandLine, name: string | undefined, options: RebuildOptions): Promise<void> =>
  withStores(line, async (stores) => {
    const projections = chosen(name, options.all);
    if (options.resume && options.anew) throw new CliProblem('give --resume or --anew, not both', EXIT.usage);
    const plans = await Promise.all(projections.map((projection) => planOf(projection, stores)));
    if (options.dryRun) {
      const words = [...plans.map(({ words: plan }) => plan), 'Nothing was changed.'].join('\n');
      say(line, options, { result: plans.map(({ plan }) => plan), words });
      return;
    }
    if (!options.yes) await confirmed(line, plans.map(({ words }) => words).join('\n'));
    const results = [];
    for (const projection of projections) results.push(await rebuildOne(line, projection, options, stores));
    conclude(line, options, results);
  });

const planOf = async (projection: Projection, { log, readModels }: OpenStores) => {
  const service = await serviceOf(readModels, projection.name);
  const head = await log.head();
  const serving = generationOf(projection.name, service.serving);
  const position = await readModels.checkpoint(serving);
  const next = generationOf(projection.name, service.last + 1);
  const unfinished =
    service.candidate?.state === 'building' ? generationOf(projection.name, service.candidate.number) : null;
  const words = [
    `Plan for ${projection.name}`,
    `  now serving   ${serving}   position ${grouped(position)} of ${grouped(head)}`,
    `  would build   ${next}   from the log up to position ${grouped(head)}`,
    ...(unfinished ? [`  unfinished    ${unfinished}   (--resume goes on with it, --anew drops it)`] : []),
    `  readers keep ${serving} until the new one is compared; nothing is mailed or notified by a rebuild`,
  ].join('\n');
  return { plan: { projection: projection.name, serving, position, head, next, unfinished }, words };
};

const confirmed = async (line: CommandLine, plan: string): Promise<void> => {
  line.terminal.err(`${plan}\n`);
  const answer = await line.terminal.confirm('Rebuild now?');
  if (answer === null) throw new CliProblem('nobody can be asked here: give --yes', EXIT.usage);
  if (!answer) throw new CliProblem('nothing was changed', EXIT.failed);
};

const timed = async <T extends { readonly events: number; readonly buildMs: number }>(
  line: CommandLine,
  work: (progress: ProgressLine) => Promise<T>,
) => {
  const progress = new ProgressLine(line.terminal, () => performance.now());
  const begun = performance.now();
  const onInterrupt = (): void => {
    progress.end();
    line.terminal.err('Stopping after this batch; Ctrl-C again stops at once.\n');
  };
  line.interrupted.addEventListener('abort', onInterrupt, { once: true });
  try {
    const result = await work(progress);
    const seconds = (performance.now() - begun) / 1_000;
    return { ...result, seconds, eventsPerSecond: Math.round(result.events / (result.buildMs / 1_000)) };
  } finally {
    line.interrupted.removeEventListener('abort', onInterrupt);
    progress.end();
  }
};

const rebuildOne = async (line: CommandLine, projection: Projection, options: RebuildOptions, stores: OpenStores) => {
  const mode = options.resume ? 'resume' : options.anew ? 'anew' : 'new';
  const aim = { mode, promote: options.promote === 'auto', keepMs: keepMsOf(options) } as const;
  try {
    const result = await timed(line, (progress) =>
      rebuild(projection, aim, { ...partsOf(line, stores, progress), batch: options.batch }),
    );
    return reportOf(result, true);
  } catch (error) {
    if (line.interrupted.aborted)
      line.terminal.err(`Go on with:  parley projections rebuild ${projection.name} --resume\n`);
    throw error;
  }
};

const verifyOne = async (line: CommandLine, projection: Projection, stores: OpenStores) =>
  reportOf(
    { ...(await timed(line, (progress) => verify(projection, partsOf(line, stores, progress)))), promoted: false },
    false,
  );

type Timed = Rebuilt & { readonly seconds: number; readonly eventsPerSecond: number };

/** The result as scripts get it, and in words. */
const reportOf = (
  { projection, generation, events, verification, reason, promoted, service, seconds, eventsPerSecond }: Timed,
  built: boolean,
) => {
  const serving = generationOf(projection, service.serving);
  const result = {
    projection,
    generation,
    events,
    seconds: Math.round(seconds * 1_000) / 1_000,
    eventsPerSecond,
    peakRssBytes: process.resourceUsage().maxRSS * 1_024,
    verified: verification !== null && verification.differing === 0,
    reason,
    position: verification?.position ?? null,
    documents: verification?.documents ?? null,
    partitions: verification?.partitions ?? null,
    differences: verification?.differing ?? null,
    rows: verification?.differences ?? [],
    promoted,
    serving,
  };
  const compared =
    verification === null
      ? `${projection}: not compared: ${reason ?? ''}`
      : verification.differing === 0
        ? `${projection}: ${grouped(verification.documents)} documents in ${grouped(verification.partitions)} partitions are as the log says, up to position ${grouped(verification.position)}`
        : `${projection}: ${grouped(verification.differing)} of ${grouped(verification.documents)} documents differ from the log at position ${grouped(verification.position)}`;
  const rows = result.rows.map(({ key, kind }) => `  ${kind.padEnd(9)}  ${key}`);
  const speed = `  ${grouped(events)} events read at ${grouped(eventsPerSecond)}/s; ${seconds.toFixed(1)} s in all`;
  const next =
    built && !promoted
      ? [
          `${serving} is serving, as before. ${generation} is kept: parley projections promote ${projection}, or discard ${projection}`,
        ]
      : built
        ? [servedWords(projection, service)]
        : verification !== null && verification.differing > 0
          ? [
              `Repair it:  parley projections rebuild ${projection}  (exit code 3: it differs), then  parley projections promote ${projection}`,
            ]
          : [];
  return { result, words: [compared, ...rows, speed, ...next].join('\n') };
};

const servedWords = (projection: string, { serving, kept, candidate }: Service): string => {
  const parts = [`${generationOf(projection, serving)} is serving.`];
  if (kept)
    parts.push(
      `${generationOf(projection, kept.number)} is kept until ${new Date(kept.until).toISOString()}; undo: parley projections rollback ${projection}`,
    );
  if (candidate) parts.push(`${generationOf(projection, candidate.number)} is ${candidate.state}.`);
  return parts.join(' ');
};

const conclude = (
  line: CommandLine,
  options: Output & { readonly all?: boolean },
  reports: readonly ReturnType<typeof reportOf>[],
): void => {
  const results = reports.map(({ result }) => result);
  const words = reports.map((report) => report.words).join('\n');
  say(line, options, { result: options.all ? results : results[0], words });
  if (results.some(({ verified }) => !verified)) process.exitCode = EXIT.differences;
};

const say = (
  { terminal }: CommandLine,
  { json }: Output,
  { result, words }: { readonly result: unknown; readonly words: string },
): void => {
  terminal.out(json ? `${JSON.stringify(result, null, 2)}\n` : `${words}\n`);
};
