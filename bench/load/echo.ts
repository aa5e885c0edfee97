import { WebSocket } from 'ws';
import type { Run } from '../figures.js';
import { pause, together, until } from '../waiting.js';
import { OPENING } from './client.js';
import { Latencies } from './latencies.js';
import { openLoop } from './pacer.js';
import { Window } from './window.js';

export interface EchoJob {
  readonly url: string;
  readonly clients: number;
}
export interface EchoLoad {
  readonly perSecond: number | null;
  readonly seconds: number;
}

/** As long as a post with 100 bytes of text is on the wire. */
const TEXT = 'x'.repeat(260);
const DRAIN_MS = 15_000;

/** Connections whose every message comes back as it is: what sockets alone cost. */
export class Echo {
  private readonly sockets: WebSocket[] = [];
  /** What each connection has under way, oldest first: one socket answers in order. */
  private readonly sentAt: number[][] = [];
  private now = { sent: 0, arrived: 0, latency: new Latencies(), lastAt: 0 };
  private closedLoop = false;

  async prepare({ url, clients }: EchoJob): Promise<void> {
    const open = Array.from({ length: clients }, (_, index) => async () => {
      const socket = new WebSocket(url, { perMessageDeflate: false, generateMask: (mask) => mask.fill(0x55) });
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      socket.on('message', () => this.take(index));
      this.sockets[index] = socket;
      this.sentAt[index] = [];
    });
    await together(open, OPENING);
  }

  async run(serverPid: number, { perSecond, seconds }: EchoLoad): Promise<Run> {
    this.now = { sent: 0, arrived: 0, latency: new Latencies(), lastAt: 0 };
    const window = new Window(serverPid);
    const from = performance.now();
    if (perSecond === null) {
      this.closedLoop = true;
      for (const index of this.sockets.keys()) this.send(index, performance.now());
      await pause(seconds * 1_000);
      this.closedLoop = false;
    } else {
      let turn = 0;
      await openLoop(
        perSecond,
        seconds,
        () => false,
        (scheduled) => this.send(turn++ % this.sockets.length, scheduled),
      );
    }
    await until('the last echoes', () => this.now.arrived >= this.now.sent, { withinMs: DRAIN_MS, everyMs: 2 }).catch(
      () => undefined,
    );
    const { sent, arrived, latency, lastAt } = this.now;
    const elapsedMs = perSecond === null ? lastAt - from : (sent * 1_000) / perSecond;
    return {
      ...window.figures(arrived, elapsedMs, { rate: 'messagesPerSecond', cpu: 'cpuMicrosPerDelivery' }),
      ...latency.figures(),
      lost: sent - arrived,
    };
  }

  private send(index: number, scheduled: number): void {
    this.now.sent++;
    this.sentAt[index]?.push(scheduled);
    this.sockets[index]?.send(TEXT);
  }

  private take(index: number): void {
    this.now.arrived++;
    this.now.lastAt = performance.now();
    this.now.latency.add(this.now.lastAt - (this.sentAt[index]?.shift() ?? 0));
    if (this.closedLoop) this.send(index, this.now.lastAt);
  }
}
