import { inRounds, withServer, type Scenario } from '../bench.js';
import { Runs, type Run } from '../figures.js';
import type { RunOf } from '../load/main.js';
import type { PagesJob, PagesLoad } from '../load/pages.js';
import { longPlan } from '../seed/plan.js';

/** The last page out of a long conversation, asked for by both of its people on several connections. */
export const history: Scenario = async (bench) => {
  const { historyMessages, historyClients, runs: rounds, seconds, warmUpSeconds } = bench.sizes;
  const runs = new Runs();
  await withServer(bench, longPlan(historyMessages), async ({ folder, server, generator }) => {
    const most = Math.max(...historyClients);
    const tokens = Array.from({ length: most }, (_, index) => folder.people[index % 2]?.token ?? '');
    const conversationId = folder.conversations[0]?.id ?? '';
    await generator.call('pages.prepare', { url: server.url, conversationId, tokens } satisfies PagesJob);
    const run = (load: PagesLoad): Promise<Run> =>
      generator.call<Run>('pages.run', { serverPid: server.pid, load } satisfies RunOf<PagesLoad>);
    await run({ clients: most, seconds: warmUpSeconds });
    await inRounds(rounds, historyClients, async (clients) => {
      runs.add(`${clients} ${clients === 1 ? 'client' : 'clients'}`, await run({ clients, seconds }));
      bench.say(`history, ${clients} clients`);
    });
  });
  return runs.of('history');
};
