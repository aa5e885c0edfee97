import type { Scenario } from '../bench.js';
import { Runs } from '../figures.js';
import { cpuMicrosOf, rssBytesOf } from '../process-figures.js';
import { chatPlan, longPlan, PASSWORD, type SeedPlan } from '../seed/plan.js';
import { Server } from '../server.js';
import { until } from '../waiting.js';

const WITHIN_MS = 120_000;

const signsIn = async (url: string): Promise<boolean> => {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login: 'person0', password: PASSWORD, token: true }),
  }).catch(() => null);
  await response?.arrayBuffer();
  return response?.status === 200;
};

/** From executing the server to the first accepted sign-in; its read models were level when it was stopped. */
export const coldStart: Scenario = async (bench) => {
  const { coldStartEvents, rebuildPairs, historyMessages, runs: rounds } = bench.sizes;
  const plans: SeedPlan[] = [
    { people: 1, conversations: [] },
    longPlan(historyMessages),
    chatPlan(coldStartEvents, rebuildPairs, historyMessages),
  ];
  const runs = new Runs();
  for (const plan of plans) {
    const { dataDir, events } = await bench.folders.copy(plan);
    const load = `${events} ${events === 1 ? 'event' : 'events'}`;
    await (await Server.start(bench.started, dataDir)).stop(); // now its read models are level
    for (let round = 0; round < rounds; round++) {
      const server = await Server.launch(bench.started, dataDir);
      await until('the first sign-in', () => signsIn(server.url), { withinMs: WITHIN_MS, everyMs: 5 });
      runs.add(load, {
        firstSignInMs: performance.now() - server.launchedAt,
        cpuMs: cpuMicrosOf(server.pid) / 1_000,
        rssMiB: rssBytesOf(server.pid) / 1_048_576,
      });
      await server.level();
      await server.stop();
      bench.say(`cold-start, ${load}`);
    }
  }
  return runs.of('cold-start');
};
