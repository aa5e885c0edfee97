import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * `silent`: takes connections and bytes, and never answers. `slow`: answers come later by `slowMs`. `reset`: the command goes through, and the
 * connection breaks instead of the answer. `refused`: nobody listens.
 */
export type Fault = 'refused' | 'silent' | 'slow' | 'reset';

/** Stands between a client and a server, and does harm when told to. Counts the harm: a test can say that its fault was on. */
export class TcpProxy {
  port = 0;
  /** How often a fault struck: pieces not passed on, or passed late; connections broken or ended. */
  harm = 0;
  slowMs = 3_000;
  private fault: Fault | null = null;
  /** Answers that still pass before everything is refused. */
  private answersLeft = Infinity;
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  static async start(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.listen();
    return proxy;
  }

  async break(fault: Fault): Promise<void> {
    this.fault = fault;
    this.harm = 0;
    if (fault === 'refused') await this.end();
  }

  /** Lets so many pieces of answers through, and then refuses everything. */
  breakAfter(answers: number): void {
    this.harm = 0;
    this.answersLeft = answers;
  }

  async heal(): Promise<void> {
    this.fault = null;
    this.answersLeft = Infinity;
    this.dropAll();
    if (!this.server) await this.listen();
  }

  async end(): Promise<void> {
    const { server } = this;
    this.server = null;
    const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    this.dropAll();
    await closed;
  }

  private async listen(): Promise<void> {
    const server = createServer((client) => {
      this.serve(client);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  private serve(client: Socket): void {
    const server = connect(this.target);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.setNoDelay(true);
      this.sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    client.on('data', (piece) => {
      if (this.fault === 'silent') this.harm++;
      else server.write(piece);
    });
    server.on('data', (piece) => {
      this.answer(client, piece);
    });
  }

  private answer(client: Socket, piece: Buffer): void {
    if (this.answersLeft-- <= 0) {
      this.harm++;
      if (this.server) void this.end();
      return;
    }
    switch (this.fault) {
      case 'silent':
        this.harm++;
        return;
      case 'reset':
        this.harm++;
        client.resetAndDestroy();
        return;
      case 'slow':
        this.harm++;
        setTimeout(() => client.write(piece), this.slowMs);
        return;
      case 'refused':
      case null:
        client.write(piece);
    }
  }

  private dropAll(): void {
    for (const socket of this.sockets) {
      socket.resetAndDestroy();
      if (this.fault === 'refused') this.harm++;
    }
  }
}
