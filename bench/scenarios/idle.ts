import { withServer, type Scenario } from '../bench.js';
import { Runs } from '../figures.js';
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
  const people = Math.max(0, ...possible);
  for (let round = 0; round < sizes.runs && people > 0; round++)
    await withServer(bench, { people, conversations: [] }, async ({ folder, server, generator }) => {
      const before = rssBytesOf(server.pid);
      for (const count of possible) {
        const tokens = folder.people.slice(0, count).map(({ token }) => token);
        const from = performance.now();
        await generator.call('idle.open', { url: server.url, tokens } satisfies IdleJob);
        const openedMs = performance.now() - from;
        await pause(Math.min(SETTLE_MS, sizes.seconds * 1_000));
        const rss = rssBytesOf(server.pid);
        runs.add(`${count} connections`, {
          rssKiBPerConnection: (rss - before) / 1_024 / count,
          rssMiB: rss / 1_048_576,
          rssBeforeMiB: before / 1_048_576,
          openedMs,
          lost: await generator.call<number>('idle.lost'),
        });
        bench.say(`idle, ${count} connections`);
      }
    });
  return runs.of('idle');
};
