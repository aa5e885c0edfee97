import { withServer, type Scenario } from '../bench.js';
import { Runs, type Run } from '../figures.js';
import type { PresenceJob } from '../load/presence.js';

/** People who are favorites of each other: all of them connect at once, and then all of them choose a status at once. */
export const presence: Scenario = async (bench) => {
  const { people, favorites } = bench.sizes.presence;
  const runs = new Runs();
  for (let round = 0; round < bench.sizes.runs; round++)
    await withServer(bench, { people, conversations: [], favorites }, async ({ folder, server, generator }) => {
      const tokens = folder.people.map(({ token }) => token);
      const job: PresenceJob = { url: server.url, tokens, favorites, serverPid: server.pid };
      for (const part of ['connect', 'choose'] as const) {
        runs.add(`${people} people ${part}`, await generator.call<Run>(`presence.${part}`, job));
        await server.level();
        bench.say(`presence, ${part}`);
      }
    });
  return runs.of('presence');
};
