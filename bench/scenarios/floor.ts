import { inRounds, type Scenario } from '../bench.js';
import { Runs, type Run } from '../figures.js';
import { Helper } from '../helpers/helper.js';
import type { EchoJob, EchoLoad } from '../load/echo.js';
import type { RunOf } from '../load/main.js';

/** What no server on this machine can beat: sockets that only echo, and a disk that only appends. */
export const floor: Scenario = async (bench) => {
  const { pairs, rates, runs: rounds, seconds, warmUpSeconds } = bench.sizes;
  const runs = new Runs();
  const server = Helper.start(bench.started, 'helpers/echo-server');
  const generator = Helper.start(bench.started, 'load/main');
  const disk = Helper.start(bench.started, 'helpers/append');
  const url = await server.call<string>('listen');
  await disk.call('openFolder', bench.started.folder('raw'));
  await generator.call('echo.prepare', { url, clients: pairs } satisfies EchoJob);
  const echo = (load: EchoLoad): Promise<Run> =>
    generator.call<Run>('echo.run', { serverPid: server.pid, load } satisfies RunOf<EchoLoad>);
  await echo({ perSecond: null, seconds: warmUpSeconds });
  await inRounds(rounds, [...rates, null], async (perSecond) => {
    const name = perSecond === null ? 'echo, closed loop' : `echo, ${perSecond}/s`;
    runs.add(name, await echo({ perSecond, seconds }));
    bench.say(`floor, ${name}`);
  });
  for (let round = 0; round < rounds; round++)
    runs.add('write + fsync', { fsyncsPerSecond: await disk.call<number>('raw', { seconds: Math.min(seconds, 2) }) });
  await Promise.all([server, generator, disk].map((helper) => helper.stop()));
  return runs.of('floor');
};
