import type { ClientFrame, ServerFrame } from '../../../src/application/protocol/index.js';
import type { OpenSocket, Socket, SocketListener } from '../../../frontend/src/session/socket.js';

/** The server's end of a connection, in the hands of the test. */
export class FakeSocket implements Socket {
  readonly sent: ClientFrame[] = [];
  isClosed = false;

  constructor(private readonly listener: SocketListener) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }
  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.listener.opened();
  }
  push(frame: ServerFrame): void {
    this.listener.received(JSON.stringify(frame));
  }
  drop(code = 1006): void {
    this.isClosed = true;
    this.listener.closed(code);
  }

  of<T extends ClientFrame['t']>(t: T): Extract<ClientFrame, { t: T }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { t: T }> => frame.t === t);
  }
}

export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  readonly openSocket: OpenSocket = (listener) => {
    const socket = new FakeSocket(listener);
    this.sockets.push(socket);
    return socket;
  };

  get last(): FakeSocket {
    return this.sockets.at(-1)!;
  }
}
