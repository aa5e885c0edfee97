import type { Run } from '../figures.js';
import { pause, together, until } from '../waiting.js';
import { Client, LETTER, OPENING } from './client.js';
import { digitsOf, isAccepted, numberInDelta, numberInOutcome, postTemplate } from './frames.js';
import { openLoop } from './pacer.js';
import { PairCount } from './pair-count.js';
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

/** People who write to each other in pairs. Clients 2n and 2n + 1 are a pair. */
export class Pairs {
  private clients: Client[] = [];
  private templates: ((digits: string) => string)[] = [];
  private readonly sentAt = new Float64Array(REMEMBERED);
  private readonly sender = new Int32Array(REMEMBERED);
  private readonly arrived = new Uint8Array(REMEMBERED);
  private next = 1;
  private count = new PairCount(1);
  private closedLoop = false;
  private stopping = false;

  async prepare({ url, pairs }: PairsJob): Promise<void> {
    this.templates = pairs.map(({ conversationId }) => postTemplate(conversationId));
    const tokens = pairs.flatMap(({ oneToken, otherToken }) => [oneToken, otherToken]);
    const frame = (client: Client, data: Buffer): void => this.take(client, data);
    const broken = (problem: string): void => this.count.fail(problem);
    const open = tokens.map((token, index) => async () => {
      this.clients[index] = await Client.open(index, url, token, frame, broken);
    });
    await together(open, OPENING);
  }

  async run(serverPid: number, { perSecond, seconds }: PairsLoad): Promise<Run> {
    this.count = new PairCount(this.next);
    this.stopping = false;
    const window = new Window(serverPid);
    await (perSecond === null ? this.closed(seconds) : this.open(perSecond, seconds));
    await until('the last messages', () => this.count.settled, { withinMs: DRAIN_MS, everyMs: 2 }).catch(
      () => undefined, // what did not come is counted as lost
    );
    return this.count.figures(window, perSecond);
  }

  /** Ends an open loop before its time. */
  stop(): void {
    this.stopping = true;
  }

  private async open(perSecond: number, seconds: number): Promise<void> {
    let turn = 0;
    await openLoop(
      perSecond,
      seconds,
      () => this.stopping,
      (scheduled) => {
        this.post(turn++ % this.clients.length, scheduled);
        this.count.late.add(performance.now() - scheduled);
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
    this.arrived[slot] = 0;
    this.count.send(scheduled);
    this.clients[client]?.send(this.templates[client >> 1]?.(digitsOf(number)) ?? '');
  }

  private take(client: Client, data: Buffer): void {
    if (data[6] === LETTER.delta) this.delta(client, numberInDelta(data));
    else if (data[6] === LETTER.outcome) this.outcome(numberInOutcome(data), data);
    else this.count.fail(data.toString('utf8'));
  }

  private delta(client: Client, number: number): void {
    const slot = number % REMEMBERED;
    const sender = this.sender[slot] ?? 0;
    // What the author is sent of it is no delivery; and something may come twice.
    if (number < this.count.from || sender === client.index || this.arrived[slot] === 1) return;
    if ((sender ^ 1) !== client.index) this.count.fail(`a message of client ${sender} came to client ${client.index}`);
    this.arrived[slot] = 1;
    const now = performance.now();
    this.count.deliver(now, this.sentAt[slot] ?? 0);
    if (this.closedLoop) this.post(client.index, now);
  }

  private outcome(number: number, data: Buffer): void {
    if (number < this.count.from) return;
    const slot = number % REMEMBERED;
    if (!isAccepted(data)) {
      this.count.refused++;
      this.count.fail(data.toString('utf8'));
      this.tryAgain(this.sender[slot] ?? 0);
      return;
    }
    this.count.acknowledge(performance.now(), this.sentAt[slot] ?? 0);
  }

  /** The pair goes on, or a closed loop would measure ever fewer pairs. */
  private tryAgain(client: number): void {
    setTimeout(() => {
      if (this.closedLoop) this.post(client, performance.now());
    }, PAUSE_MS);
  }
}
