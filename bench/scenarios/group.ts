import { inRounds, withServer, type Scenario } from '../bench.js';
import { Runs } from '../figures.js';
import { groupsPlan } from '../seed/plan.js';
import { connectGroups, runGroups } from './groups.js';

/** Groups in which everybody is connected: at several rates, and as fast as it goes with one message in flight per group. */
export const group: Scenario = async ({ sizes, ...bench }) => {
  const { groups, runs: rounds, seconds, warmUpSeconds } = sizes;
  const runs = new Runs();
  await withServer({ sizes, ...bench }, groupsPlan(groups.count, groups.members), async (running) => {
    await connectGroups(running, groups.count);
    await runGroups(running, { perSecond: null, seconds: warmUpSeconds });
    await inRounds(rounds, [...groups.rates, null], async (perSecond) => {
      const name = perSecond === null ? 'closed loop' : `${perSecond}/s`;
      runs.add(name, await runGroups(running, { perSecond, seconds }));
      bench.say(`group, ${name}`);
    });
  });
  return runs.of('group');
};
