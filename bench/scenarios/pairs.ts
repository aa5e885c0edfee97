import type { Running } from '../bench.js';
import type { Run } from '../figures.js';
import type { RunOf } from '../load/main.js';
import type { PairsJob, PairsLoad } from '../load/pairs.js';

/** Connects the people of the first so many conversations. */
export const connectPairs = async ({ folder, server, generator }: Running, count: number): Promise<void> => {
  const pairs = folder.conversations.slice(0, count).map(({ id, one, other }) => ({
    conversationId: id,
    oneToken: folder.people[one]?.token ?? '',
    otherToken: folder.people[other]?.token ?? '',
  }));
  await generator.call('pairs.prepare', { url: server.url, serverPid: server.pid, pairs } satisfies PairsJob);
};

/** One window. The next begins when the read models are level again: no window pays for an earlier one. */
export const runPairs = async ({ server, generator }: Running, load: PairsLoad): Promise<Run> => {
  const run = await generator.call<Run>('pairs.run', { serverPid: server.pid, load } satisfies RunOf<PairsLoad>);
  await server.level();
  return run;
};

/** Compilers and caches are warm before anything counts. */
export const warmUp = async (running: Running, seconds: number): Promise<void> => {
  await runPairs(running, { perSecond: 300, seconds });
  await runPairs(running, { perSecond: null, seconds });
};
