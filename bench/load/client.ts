import { WebSocket } from 'ws';
import { SOCKET_PATH_ON_THE_WIRE, HELLO } from './frames.js';

/** Sockets that are being opened at once. */
export const OPENING = 64;

/** A connection that looks at frames only as far as a load needs. */
export class Client {
  private constructor(
    readonly index: number,
    private readonly socket: WebSocket,
  ) {}

  /** Resolves after the snapshot. `frame` gets every later frame but pings, `broken` what must not happen. */
  static open(
    index: number,
    url: string,
    token: string,
    frame: (client: Client, data: Buffer) => void,
    broken: (problem: string) => void,
    snapshot: (client: Client, data: Buffer) => void = () => undefined,
  ): Promise<Client> {
    const socket = new WebSocket(url.replace(/^http/, 'ws') + SOCKET_PATH_ON_THE_WIRE, {
      headers: { Authorization: `Bearer ${token}` },
      perMessageDeflate: false,
      skipUTF8Validation: true,
      generateMask: (mask) => mask.fill(0x55), // the server unmasks as ever; randomness would only cost the generator
    });
    const client = new Client(index, socket);
    return new Promise((resolve, reject) => {
      let live = false;
      socket.on('message', (data: Buffer) => {
        const kind = data[6]; // {"t":"…
        if (kind === LETTER.ping) socket.send('{"t":"pong"}');
        else if (kind === LETTER.fellBehind) broken('fell-behind');
        else if (live) frame(client, data);
        else if (kind === LETTER.snapshot) {
          live = true;
          snapshot(client, data);
          resolve(client);
        }
      });
      socket.on('open', () => socket.send(HELLO));
      socket.on('error', reject);
      socket.on('close', (code, reason) => {
        const problem = `closed: ${code} ${reason.toString()}`;
        reject(new Error(problem));
        if (live) broken(problem);
      });
    });
  }

  send(text: string): void {
    this.socket.send(text);
  }
}

const letter = (text: string): number => text.charCodeAt(0);

/** The first letter of `t` tells most frames apart. */
export const LETTER = {
  answer: letter('a'),
  delta: letter('d'),
  error: letter('e'),
  fellBehind: letter('f'),
  outcome: letter('o'),
  ping: letter('p'),
  snapshot: letter('s'),
} as const;
