import { inRounds, withServer, type Scenario } from '../bench.js';
import { Runs } from '../figures.js';
import { pairsPlan } from '../seed/plan.js';
import { connectPairs, runPairs, warmUp } from './pairs.js';

/** People who chat in pairs: at several rates, and as fast as it goes with one message in flight per pair. */
export const oneToOne: Scenario = async ({ sizes, ...bench }) => {
  const { pairs, rates, runs: rounds, seconds, warmUpSeconds } = sizes;
  const runs = new Runs();
  await withServer({ sizes, ...bench }, pairsPlan(pairs), async (running) => {
    await connectPairs(running, pairs);
    await warmUp(running, warmUpSeconds);
    await inRounds(rounds, [...rates, null], async (perSecond) => {
      const name = perSecond === null ? 'closed loop' : `${perSecond}/s`;
      runs.add(name, await runPairs(running, { perSecond, seconds }));
      bench.say(`one-to-one, ${name}`);
    });
  });
  return runs.of('one-to-one');
};
