import type { Run } from '../figures.js';
import { pause, together, until } from '../waiting.js';
import { Client, LETTER, OPENING } from './client.js';
import { digitsOf, isAccepted, numberInDelta, numberInOutcome, postTemplate } from './frames.js';
import { Latencies } from './latencies.js';
import { openLoop } from './pacer.js';
import { Window } from './window.js';

export interface PairsJob {
  readonly url: string;
  readonly serverPid: number;
  readonly pairs: readonly {
    readonly conversationId: string;
    readonly oneToken: string;
    readonly otherToken: string;
  }[];
}
/** `perSecond: null`: a closed loop, one message in flight per pair, each answered when it has arrived. */
export interface PairsLoad {
  readonly perSecond: number | null;
  readonly seconds: number;
}

/** How long stragglers are waited for before they count as lost. */
const DRAIN_MS = 15_000;
/** After a refusal. */
const PAUSE_MS = 50;
/** Messages that are remembered; a power of two. */
const REMEMBERED = 1 << 20;
const DELIVERED = 1;
const ACKED = 2;

/** People who write to each other in pairs. Clients 2n and 2n + 1 are a pair. */
export class Pairs {
  private clients: Client[] = [];
  private templates: ((digits: string) => string)[] = [];
  private readonly sentAt = new Float64Array(REMEMBERED);
  private readonly sender = new Int32Array(REMEMBERED);
  private readonly seen = new Uint8Array(REMEMBERED);
  private next = 1;
  private now = this.empty();
  private closedLoop = false;
  private stopping = false;

  async prepare({ url, pairs }: PairsJob): Promise<void> {
    this.templates = pairs.map(({ conversationId }) => postTemplate(conversationId));
    const tokens = pairs.flatMap(({ oneToken, otherToken }) => [oneToken, otherToken]);
    const frame = (client: Client, data: Buffer): void => this.take(client, data);
    const broken = (problem: string): void => this.fail(problem);
    const open = tokens.map((token, index) => async () => {
      this.clients[index] = await Client.open(index, url, token, frame, broken);
    });
    await together(open, OPENING);
  }

  async run(serverPid: number, { perSecond, seconds }: PairsLoad): Promise<Run> {
    this.now = this.empty();
    this.stopping = false;
    const window = new Window(serverPid);
    await (perSecond === null ? this.closed(seconds) : this.open(perSecond, seconds));
    await this.drain();
    const { sent, delivered, acked, refused, errors, latency, ack, late, firstAt, lastAt, problems } = this.now;
    for (const problem of problems) process.stderr.write(`load generator: ${problem}\n`);
    // An open loop that is kept up with takes as long as it was scheduled for, not until its last message arrived.
    const scheduledMs = perSecond === null ? 0 : (sent * 1_000) / perSecond;
    const elapsedMs = Math.max(lastAt - firstAt, scheduledMs);
    return {
      ...window.figures(delivered, elapsedMs, { rate: 'messagesPerSecond', cpu: 'cpuMicrosPerDelivery' }),
      ...latency.figures(),
      ...ack.figures('ack'),
      ...(perSecond === null ? {} : late.figures('sendLate')),
      lost: sent - delivered - refused,
      unacknowledged: sent - acked - refused,
      errors,
    };
  }

  /** Ends an open loop before its time. */
  stop(): void {
    this.stopping = true;
  }

  private empty() {
    return {
      sent: 0,
      delivered: 0,
      acked: 0,
      refused: 0,
      errors: 0,
      firstAt: Infinity,
      lastAt: 0,
      latency: new Latencies(),
      ack: new Latencies(),
      late: new Latencies(),
      problems: new Set<string>(),
      /** Messages of earlier windows are none of this one. */
      from: this.next,
    };
  }

  private async open(perSecond: number, seconds: number): Promise<void> {
    let turn = 0;
    await openLoop(
      perSecond,
      seconds,
      () => this.stopping,
      (scheduled) => {
        this.post(turn++ % this.clients.length, scheduled);
        this.now.late.add(performance.now() - scheduled);
      },
    );
  }

  private async closed(seconds: number): Promise<void> {
    this.closedLoop = true;
    for (let client = 0; client < this.clients.length; client += 2) this.post(client, performance.now());
    await pause(seconds * 1_000);
    this.closedLoop = false;
  }

  private post(client: number, scheduled: number): void {
    const number = this.next++;
    const slot = number % REMEMBERED;
    this.sentAt[slot] = scheduled;
    this.sender[slot] = client;
    this.seen[slot] = 0;
    this.now.sent++;
    this.now.firstAt = Math.min(this.now.firstAt, scheduled);
    this.clients[client]?.send(this.templates[client >> 1]?.(digitsOf(number)) ?? '');
  }

  private take(client: Client, data: Buffer): void {
    if (data[6] === LETTER.delta) this.delta(client, numberInDelta(data));
    else if (data[6] === LETTER.outcome) this.outcome(numberInOutcome(data), data);
    else this.fail(data.toString('utf8'));
  }

  private delta(client: Client, number: number): void {
    const slot = number % REMEMBERED;
    // The author's other half of the same delta is no delivery; and something may come twice.
    if (number < this.now.from || this.sender[slot] === client.index) return;
    if (((this.seen[slot] ?? 0) & DELIVERED) !== 0) return;
    this.seen[slot] = (this.seen[slot] ?? 0) | DELIVERED;
    this.now.delivered++;
    this.now.lastAt = performance.now();
    this.now.latency.add(this.now.lastAt - (this.sentAt[slot] ?? 0));
    if (this.closedLoop) this.post(client.index, this.now.lastAt);
  }

  private outcome(number: number, data: Buffer): void {
    if (number < this.now.from) return;
    const slot = number % REMEMBERED;
    if (!isAccepted(data)) {
      this.now.refused++;
      this.fail(data.toString('utf8'));
      this.tryAgain(this.sender[slot] ?? 0);
      return;
    }
    this.seen[slot] = (this.seen[slot] ?? 0) | ACKED;
    this.now.acked++;
    this.now.ack.add(performance.now() - (this.sentAt[slot] ?? 0));
  }

  /** The pair goes on, or a closed loop would measure ever fewer pairs. */
  private tryAgain(client: number): void {
    setTimeout(() => {
      if (this.closedLoop) this.post(client, performance.now());
    }, PAUSE_MS);
  }

  private fail(problem: string): void {
    this.now.errors++;
    if (this.now.problems.size < 5) this.now.problems.add(problem.replace(/"id":"[^"]*"/, '"id":…').slice(0, 300));
  }

  private async drain(): Promise<void> {
    const arrived = (): boolean => {
      const { sent, delivered, acked, refused } = this.now;
      return delivered + refused >= sent && acked + refused >= sent;
    };
    await until('the last messages', arrived, { withinMs: DRAIN_MS, everyMs: 2 }).catch(() => undefined);
  }
}
