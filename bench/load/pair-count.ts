import type { Run } from '../figures.js';
import { Latencies } from './latencies.js';
import type { Window } from './window.js';

/** Different problems that are shown. */
const SHOWN = 5;

/** What happened in one window. */
export class PairCount {
  sent = 0;
  delivered = 0;
  acked = 0;
  refused = 0;
  private errors = 0;
  private firstAt = Infinity;
  private lastAt = 0;
  private readonly latency = new Latencies();
  private readonly ack = new Latencies();
  readonly late = new Latencies();
  private readonly problems = new Set<string>();

  /** `from`: the number of the first message; earlier ones are of earlier windows. */
  constructor(
    readonly from: number,
    /** How many are to get each message. */
    private readonly recipients = 1,
  ) {}

  send(scheduled: number): void {
    this.sent++;
    this.firstAt = Math.min(this.firstAt, scheduled);
  }

  deliver(now: number, scheduled: number): void {
    this.delivered++;
    this.lastAt = now;
    this.latency.add(now - scheduled);
  }

  acknowledge(now: number, scheduled: number): void {
    this.acked++;
    this.ack.add(now - scheduled);
  }

  fail(problem: string): void {
    this.errors++;
    if (this.problems.size < SHOWN) this.problems.add(problem.replace(/"id":"[^"]*"/, '"id":…').slice(0, 300));
  }

  /** Whether nothing is under way. */
  get settled(): boolean {
    return this.delivered >= this.due && this.acked + this.refused >= this.sent;
  }

  private get due(): number {
    return (this.sent - this.refused) * this.recipients;
  }

  figures(window: Window, perSecond: number | null): Run {
    for (const problem of this.problems) process.stderr.write(`load generator: ${problem}\n`);
    // An open loop that is kept up with takes as long as it was scheduled for, not until its last message arrived.
    const scheduledMs = perSecond === null ? 0 : (this.sent * 1_000) / perSecond;
    const elapsedMs = Math.max(this.lastAt - this.firstAt, scheduledMs);
    return {
      ...window.figures(this.delivered, elapsedMs, {
        rate: this.recipients === 1 ? 'messagesPerSecond' : 'deliveriesPerSecond',
        cpu: 'cpuMicrosPerDelivery',
      }),
      ...this.latency.figures(),
      ...this.ack.figures('ack'),
      ...(perSecond === null ? {} : this.late.figures('sendLate')),
      lost: this.due - this.delivered,
      unacknowledged: this.sent - this.acked - this.refused,
      errors: this.errors,
    };
  }
}
