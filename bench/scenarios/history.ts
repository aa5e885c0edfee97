import { inRounds, withServer, type Scenario } from '../bench.js';
import { Runs, type Run } from '../figures.js';
import type { RunOf } from '../load/main.js';
import type { PagesJob, PagesLoad } from '../load/pages.js';
import { COMMON_WORD, longPlan, RARE_WORD } from '../seed/plan.js';

/** What both people of a long conversation ask for, on several connections, each again as soon as it has come. */
const asking =
  (scenario: string, kinds: readonly { readonly name: string; readonly search: string | null }[]): Scenario =>
  async (bench) => {
    const { historyMessages, historyClients, runs: rounds, seconds, warmUpSeconds } = bench.sizes;
    const runs = new Runs();
    for (const { name, search } of kinds)
      await withServer(bench, longPlan(historyMessages), async ({ folder, server, generator }) => {
        const most = Math.max(...historyClients);
        const tokens = Array.from({ length: most }, (_, index) => folder.people[index % 2]?.token ?? '');
        const conversationId = folder.conversations[0]?.id ?? '';
        const job: PagesJob = { url: server.url, conversationId, tokens, search };
        await generator.call('pages.prepare', job);
        const run = (load: PagesLoad): Promise<Run> =>
          generator.call<Run>('pages.run', { serverPid: server.pid, load } satisfies RunOf<PagesLoad>);
        await run({ clients: most, seconds: warmUpSeconds });
        await inRounds(rounds, historyClients, async (clients) => {
          const load = `${name}${clients} ${clients === 1 ? 'client' : 'clients'}`;
          runs.add(load, await run({ clients, seconds }));
          bench.say(`${scenario}, ${load}`);
        });
      });
    return runs.of(scenario);
  };

/** The last page out of a long conversation. */
export const history = asking('history', [{ name: '', search: null }]);

/** The newest 50 messages with a word that all of them have, and with one that one in a thousand has. */
export const search = asking('search', [
  { name: 'a word in every message, ', search: COMMON_WORD },
  { name: 'a rare word, ', search: RARE_WORD },
]);
