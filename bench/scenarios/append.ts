import { inRounds, type Scenario } from '../bench.js';
import { Runs, type Run } from '../figures.js';
import { Helper } from '../helpers/helper.js';

/** The log port alone, beside what the disk does with the same bytes in the same moments. */
export const append: Scenario = async (bench) => {
  const { appendsInFlight, runs: rounds, seconds, warmUpSeconds } = bench.sizes;
  const runs = new Runs();
  const helper = Helper.start(bench.started, 'helpers/append');
  await helper.call('open', bench.started.folder('append'));
  await helper.call('append', { inFlight: 64, seconds: warmUpSeconds });
  await inRounds(rounds, appendsInFlight, async (inFlight) => {
    const rawFsyncsPerSecond = await helper.call<number>('raw', { seconds: Math.min(seconds, 2) });
    const run = await helper.call<Run>('append', { inFlight, seconds });
    const ratio = (run['eventsPerSecond'] ?? 0) / rawFsyncsPerSecond;
    runs.add(`${inFlight} in flight`, { ...run, rawFsyncsPerSecond, eventsPerRawFsync: ratio });
    bench.say(`append, ${inFlight} in flight`);
  });
  await helper.stop();
  return runs.of('append');
};
