import { percentile, type Run } from '../figures.js';

/** Milliseconds, in an array that grows by doubling: nothing else is done per message. */
export class Latencies {
  private values = new Float64Array(16_384);
  private count = 0;

  add(ms: number): void {
    if (this.count === this.values.length) {
      const grown = new Float64Array(this.count * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.count++] = ms;
  }

  /** `{p50Ms, p99Ms}`, or with a prefix `{ackP50Ms, ackP99Ms}`. */
  figures(prefix = ''): Run {
    const sorted = this.values.slice(0, this.count).sort();
    const name = (share: string): string => (prefix === '' ? `p${share}Ms` : `${prefix}P${share}Ms`);
    return { [name('50')]: percentile(sorted, 0.5), [name('99')]: percentile(sorted, 0.99) };
  }
}
