import { withServer, type Bench, type Running, type Scenario } from '../bench.js';
import { Runs } from '../figures.js';
import { collectGarbage, INSPECTED } from '../garbage.js';
import type { IdleJob } from '../load/idle.js';
import { openFilesMax, rssBytesOf } from '../process-figures.js';
import { pause } from '../waiting.js';

/** Files that a server needs beside its sockets. */
const OTHER_FILES = 200;
/** Until the memory of the handshakes is given back, as far as it is. */
const SETTLE_MS = 3_000;

/** People who are connected and silent: what each costs in memory. */
export const idle: Scenario = async (bench) => {
  const { sizes } = bench;
  const runs = new Runs();
  const possible = sizes.idle.filter((count) => count + OTHER_FILES <= openFilesMax());
  for (const count of sizes.idle)
    if (!possible.includes(count))
      runs.note(`${count} connections`, `not measured: only ${openFilesMax()} files may be open (ulimit -n)`);
  const plan = { people: Math.max(0, ...possible), conversations: [] };
  for (let round = 0; round < sizes.runs && possible.length > 0; round++)
    await withServer(bench, plan, (running) => oneRound(bench, running, possible, runs), INSPECTED);
  return runs.of('idle');
};

const oneRound = async (
  bench: Bench,
  { folder, server, generator }: Running,
  counts: readonly number[],
  runs: Runs,
): Promise<void> => {
  const heapBefore = await collectGarbage(server);
  const before = rssBytesOf(server.pid);
  for (const count of counts) {
    const tokens = folder.people.slice(0, count).map(({ token }) => token);
    const from = performance.now();
    await generator.call('idle.open', { url: server.url, tokens } satisfies IdleJob);
    const openedMs = performance.now() - from;
    const highest = rssBytesOf(server.pid);
    await pause(Math.min(SETTLE_MS, bench.sizes.seconds * 1_000));
    const heap = await collectGarbage(server);
    const rss = rssBytesOf(server.pid);
    runs.add(`${count} connections`, {
      rssKiBPerConnection: (rss - before) / 1_024 / count,
      heapKiBPerConnection: (heap - heapBefore) / 1_024 / count,
      rssMiB: rss / 1_048_576,
      rssBeforeMiB: before / 1_048_576,
      rssUncollectedMiB: highest / 1_048_576,
      openedMs,
      lost: await generator.call<number>('idle.lost'),
    });
    bench.say(`idle, ${count} connections`);
  }
};
