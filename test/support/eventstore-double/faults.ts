import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** How the network to the server behaves: as it should, refusing, accepting but never answering, or late with every answer. */
export type NetworkMode = 'up' | 'refusing' | 'silent' | 'slow';

/** What each fault did, so that a test can prove that it was on. */
export interface FaultCounts {
  /** Connections that were cut. */
  severed: number;
  /** Chunks of bytes that were held back by silence. */
  held: number;
  /** Chunks of bytes that went into connections which lead nowhere any more. */
  lost: number;
  /** Answers that came late. */
  delayed: number;
  /** Appends that were cut off before they were stored, and after. */
  resetBefore: number;
  resetAfter: number;
  /** Subscriptions that the server ended. */
  dropped: number;
}

interface Pair {
  readonly outer: Socket;
  readonly inner: Socket;
  lost: boolean;
}

/** A door in front of a server: bytes go through it unread, and faults are faults of the network. */
export class FaultyDoor {
  readonly counts: FaultCounts = {
    severed: 0,
    held: 0,
    lost: 0,
    delayed: 0,
    resetBefore: 0,
    resetAfter: 0,
    dropped: 0,
  };
  private readonly pairs = new Set<Pair>();
  private server: Server | null = null;
  private mode: NetworkMode = 'up';
  private delayMs = 0;
  private released: (() => void)[] = [];
  port = 0;

  constructor(
    private readonly innerPort: number,
    private readonly host: string,
  ) {}

  async open(port: number): Promise<void> {
    const server = createServer((outer) => {
      this.connected(outer);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.host, resolve);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  /** Back to normal: bytes that silence held back arrive now, as they would when a cable is plugged in again. */
  async heal(): Promise<void> {
    const wasClosed = this.mode === 'refusing';
    this.mode = 'up';
    this.delayMs = 0;
    if (wasClosed) await this.open(this.port);
    for (const release of this.released.splice(0)) release();
  }

  /** Nobody gets a connection, and those that exist are cut. */
  async refuse(): Promise<void> {
    this.mode = 'refusing';
    await this.shut();
  }

  /** Connections stay and new ones are accepted, but not a byte goes through. */
  silence(): void {
    this.mode = 'silent';
  }

  /** Every answer comes late. */
  slow(delayMs: number): void {
    this.mode = 'slow';
    this.delayMs = delayMs;
  }

  /** Cuts all connections; new ones are welcome. */
  sever(): void {
    for (const { outer, inner } of this.pairs) {
      this.counts.severed++;
      outer.resetAndDestroy();
      inner.destroy();
    }
    this.pairs.clear();
  }

  /** The connections that exist lead nowhere from now on, and nobody is told, as when a router forgets them; new ones are well. */
  lose(): void {
    for (const pair of this.pairs) pair.lost = true;
  }

  async shut(): Promise<void> {
    this.sever();
    const { server } = this;
    this.server = null;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private connected(outer: Socket): void {
    const inner = connect(this.innerPort, this.host);
    const pair: Pair = { outer, inner, lost: false };
    this.pairs.add(pair);
    const end = (): void => {
      this.pairs.delete(pair);
      outer.destroy();
      inner.destroy();
    };
    for (const socket of [outer, inner]) socket.setNoDelay(true).on('error', end).on('close', end);
    this.carry(pair, outer, inner, false);
    this.carry(pair, inner, outer, true);
  }

  /** Bytes keep their order: each chunk waits for the one before it. */
  private carry(pair: Pair, from: Socket, to: Socket, answers: boolean): void {
    let before = Promise.resolve();
    let waiting = 0;
    from.on('data', (chunk) => {
      if (pair.lost) {
        this.counts.lost++;
        return;
      }
      if (waiting === 0 && (this.mode === 'up' || (this.mode === 'slow' && !answers))) {
        if (!to.write(chunk)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
        return;
      }
      waiting++;
      const ready = this.ready(answers);
      before = before
        .then(() => ready)
        .then(() => {
          waiting--;
          to.write(chunk);
        });
    });
  }

  private ready(answers: boolean): Promise<void> {
    if (this.mode === 'silent') {
      this.counts.held++;
      return new Promise((resolve) => this.released.push(resolve));
    }
    if (this.mode !== 'slow' || !answers) return Promise.resolve();
    this.counts.delayed++;
    return new Promise((resolve) => setTimeout(resolve, this.delayMs).unref());
  }
}
