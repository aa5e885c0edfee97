import { PROTOCOL_VERSION, type ClientFrame, type ServerFrame } from '../../../src/application/protocol/index.js';
import { backoffMs } from './backoff.js';
import type { Clock } from './clock.js';
import { comebackAfter } from './comeback.js';
import { PushOrder } from './push-order.js';
import type { OpenSocket, Socket, SocketListener } from './socket.js';
import type { LinkStatus } from './status.js';
import { Watchdog } from './watchdog.js';

/** How long a connection may take to its welcome. */
const WELCOME_MS = 10_000;

export interface LinkOptions {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
  /** Why a socket that never opened was refused: browsers do not say. */
  readonly isSignedOut: () => Promise<boolean>;
  /** Up to where everything was applied; `null`: nothing yet. */
  readonly position: () => number | null;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onStatus: (status: LinkStatus) => void;
}

/** Keeps one connection to the server, as long as it is wanted. Hands on frames in an order that is safe to apply. */
export class Link {
  status: LinkStatus = { kind: 'idle' };
  private socket: Socket | null = null;
  private greeted = false;
  private attempt = 0;
  private lostAt: number | null = null;
  private cancelRetry: (() => void) | null = null;
  private readonly order = new PushOrder();
  private readonly watchdog: Watchdog;

  constructor(private readonly options: LinkOptions) {
    this.watchdog = new Watchdog(options.clock, () => {
      this.drop(0);
    });
  }

  start(): void {
    if (this.socket) return;
    this.attempt = 0;
    this.connect();
  }

  stop(): void {
    this.leave();
    this.lostAt = null;
    this.become({ kind: 'idle' });
  }

  /** The network or the person is back: do not wait for the timer, and do not trust a link that slept. */
  nudge(): void {
    if (this.status.kind === 'waiting') this.connect();
    else this.watchdog.look();
  }

  /** `false`: there is no connection that has been welcomed. */
  send(frame: ClientFrame): boolean {
    if (!this.socket || !this.greeted) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.order.restart();
    this.become({ kind: 'connecting', lostAt: this.lostAt });
    this.watchdog.start(WELCOME_MS);
    let opened = false;
    const listener: SocketListener = {
      opened: () => {
        if (this.socket !== socket) return;
        opened = true;
        const resume = this.options.position();
        socket.send(
          JSON.stringify({ t: 'hello', version: PROTOCOL_VERSION, ...(resume === null ? {} : { resume }) } as const),
        );
      },
      received: (text) => {
        if (this.socket === socket) this.received(JSON.parse(text) as ServerFrame);
      },
      closed: (code) => {
        if (this.socket !== socket) return;
        if (opened) this.drop(code);
        else void this.refused(socket);
      },
    };
    const socket: Socket = this.options.openSocket(listener);
    this.socket = socket;
  }

  private received(frame: ServerFrame): void {
    this.watchdog.heard();
    switch (frame.t) {
      case 'welcome':
        this.greeted = true;
        this.watchdog.start(2 * frame.heartbeatMs);
        this.options.onFrame(frame);
        return;
      case 'ping':
        this.send({ t: 'pong' });
        if (this.order.isWhole) this.options.onFrame(frame);
        return;
      case 'fell-behind':
        this.order.lose();
        this.resync();
        return;
      case 'snapshot':
      case 'resumed':
      case 'delta': {
        const verdict = this.order.take(frame);
        if (verdict === 'apply') this.options.onFrame(frame);
        if (verdict === 'hole') this.resync();
        if (frame.t !== 'delta') this.live();
        return;
      }
      case 'writer':
      case 'outcome':
      case 'answer':
      case 'error':
        this.options.onFrame(frame);
    }
  }

  private resync(): void {
    const resume = this.options.position();
    this.send({ t: 'resync', ...(resume === null ? {} : { resume }) });
  }

  private live(): void {
    this.attempt = 0;
    this.lostAt = null;
    if (this.status.kind !== 'live') this.become({ kind: 'live' });
  }

  private async refused(socket: Socket): Promise<void> {
    const signedOut = await this.options.isSignedOut();
    if (this.socket !== socket) return;
    this.drop(signedOut ? 4001 : 0);
  }

  /** The connection is gone, for the reason that the close code says; 0: for none that anybody said. */
  private drop(code: number): void {
    const comeback = comebackAfter(code);
    this.leave();
    this.lostAt ??= this.options.clock.now();
    if (comeback === 'after sign-in') this.become({ kind: 'signed-out' });
    else if (comeback === 'never') this.become({ kind: 'outdated' });
    else this.retryIn(comeback === 'now' && this.attempt === 0 ? 0 : backoffMs(this.attempt, this.options.random));
  }

  private retryIn(milliseconds: number): void {
    const { clock } = this.options;
    this.attempt++;
    this.cancelRetry = clock.after(milliseconds, () => {
      this.connect();
    });
    this.become({ kind: 'waiting', lostAt: this.lostAt, retryAt: clock.now() + milliseconds });
  }

  private leave(): void {
    this.watchdog.stop();
    this.cancelRetry?.();
    this.cancelRetry = null;
    const { socket } = this;
    this.socket = null;
    this.greeted = false;
    this.order.restart();
    socket?.close();
  }

  private become(status: LinkStatus): void {
    this.status = status;
    this.options.onStatus(status);
  }
}
