import { performance } from 'node:perf_hooks';
import type { Run } from '../figures.js';
import { cpuMicrosOf, rssBytesOf } from '../process-figures.js';

/** What the server and the load generator used between the beginning and the end of a measurement. */
export class Window {
  private readonly cpu: number;
  private readonly loop = performance.eventLoopUtilization();
  private readonly from = performance.now();

  constructor(private readonly serverPid: number) {
    this.cpu = cpuMicrosOf(serverPid);
  }

  /** `count`: what arrived, in `elapsedMs`. `each`: what to call one of it. */
  figures(count: number, elapsedMs: number, each: { readonly rate: string; readonly cpu: string }): Run {
    const cpu = cpuMicrosOf(this.serverPid) - this.cpu;
    return {
      [each.rate]: count === 0 ? 0 : (count * 1_000) / elapsedMs,
      [each.cpu]: count === 0 ? 0 : cpu / count,
      serverCpuShare: cpu / 1_000 / (performance.now() - this.from),
      rssMiB: rssBytesOf(this.serverPid) / 1_048_576,
      loadUtilisation: performance.eventLoopUtilization(this.loop).utilization,
    };
  }
}
