import type { ProjectionName } from '../../src/projections/index.js';
import { withServer, type Bench, type Running, type Scenario } from '../bench.js';
import { Runs, type Run } from '../figures.js';
import { rebuild, type Rebuilt } from '../helpers/rebuild.js';
import { chatPlan } from '../seed/plan.js';
import { connectPairs, runPairs, warmUp } from './pairs.js';

/** Every projection: the compiler compares the list with the server's. */
const EVERY = Object.keys({
  conversations: 0,
  favorites: 0,
  invitations: 0,
  invited: 0,
  people: 0,
  preferences: 0,
  reactions: 0,
  requests: 0,
  tabs: 0,
  transcript: 0,
  watchers: 0,
  words: 0,
} satisfies Record<ProjectionName, 0>);
const LOADS: [load: string, projections: readonly string[]][] = [
  ['transcript', ['transcript']],
  ['all, one after another', EVERY],
];
const CHAT_PER_SECOND = 100;
/** Longer than any rebuild: it is stopped when that is done. */
const FOREVER_SECONDS = 36_000;

/** Rebuilds of read models from the log while people chat. */
export const rebuildWhileChatting: Scenario = async (bench) => {
  const { rebuildEvents, rebuildPairs, historyMessages, warmUpSeconds, runs: rounds } = bench.sizes;
  const runs = new Runs();
  if (!(await isThere(bench))) {
    for (const [load] of LOADS) runs.note(load, 'not available: this version of parley has no `projections rebuild`');
    return runs.of('rebuild');
  }
  await withServer(bench, chatPlan(rebuildEvents, rebuildPairs, historyMessages), async (running) => {
    await connectPairs(running, rebuildPairs);
    await warmUp(running, warmUpSeconds);
    for (let round = 0; round < rounds; round++)
      for (const [load, projections] of LOADS) {
        runs.add(load, await oneRun(bench, running, projections));
        bench.say(`rebuild, ${load}`);
      }
  });
  return runs.of('rebuild');
};

const isThere = async ({ started, folders }: Bench): Promise<boolean> => {
  const { dataDir } = await folders.copy({ people: 1, conversations: [] });
  return (await rebuild(started, dataDir, 'transcript')) !== null;
};

const oneRun = async (bench: Bench, running: Running, projections: readonly string[]): Promise<Run> => {
  const before = await runPairs(running, { perSecond: CHAT_PER_SECOND, seconds: bench.sizes.seconds });
  const chatting = runPairs(running, { perSecond: CHAT_PER_SECOND, seconds: FOREVER_SECONDS });
  const rebuilt: Rebuilt[] = [];
  try {
    for (const projection of projections) {
      const one = await rebuild(bench.started, running.folder.dataDir, projection);
      if (one === null) throw new Error(`parley does not know the projection ${projection}`);
      rebuilt.push(one);
      if (!one.verified || one.differences > 0)
        bench.problem(`the rebuild of ${projection} differs in ${one.differences} documents`);
    }
  } finally {
    await running.generator.call('pairs.stop');
  }
  const during = await chatting;
  const seconds = rebuilt.reduce((sum, one) => sum + one.seconds, 0);
  const events = rebuilt.reduce((sum, one) => sum + one.events, 0);
  const both = (name: string): number => (before[name] ?? 0) + (during[name] ?? 0);
  return {
    eventsPerSecond: events / seconds,
    rebuildSeconds: seconds,
    peakRssMiB: Math.max(...rebuilt.map(({ peakRssBytes }) => peakRssBytes)) / 1_048_576,
    liveP50BeforeMs: before['p50Ms'] ?? 0,
    liveP50DuringMs: during['p50Ms'] ?? 0,
    liveP99BeforeMs: before['p99Ms'] ?? 0,
    liveP99DuringMs: during['p99Ms'] ?? 0,
    loadUtilisation: during['loadUtilisation'] ?? 0,
    lost: both('lost'),
    unacknowledged: both('unacknowledged'),
    errors: both('errors'),
  };
};
