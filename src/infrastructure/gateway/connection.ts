import type { WebSocket } from 'ws';
import type { Position } from '../../application/ports/event-log.js';
import type { Session } from '../../application/ports/session-store.js';
import {
  CLOSE,
  errorBody,
  type CloseReason,
  type DeviceKind,
  type ServerFrame,
} from '../../application/protocol/index.js';
import { sendText } from './socket-writer.js';

/** `greeting`: no hello yet. `opening`: a snapshot is being read. `behind`: deltas were dropped, the client must ask to resync. */
export type Phase = 'greeting' | 'opening' | 'live' | 'behind' | 'closed';

/** One socket of one session. It has no timer of its own: the gateway's heartbeat looks after all of them. */
export class Connection {
  phase: Phase = 'greeting';
  /** Pushed frames so far. */
  private n = 0;
  /** Position of the newest frame that was pushed. */
  toldAt: Position = 0;
  /** Monotonic milliseconds. */
  openedAt: number;
  heardAt: number;
  behindSince: number | null = null;
  /** Commands and queries without an answer yet. */
  open = 0;
  /** Frames in a row that were refused. */
  refused = 0;
  /** Whether the person was at this device of late, as their client says. */
  active = true;

  constructor(
    private readonly socket: WebSocket,
    readonly session: Session,
    readonly address: string,
    readonly device: DeviceKind,
    now: number,
  ) {
    this.openedAt = now;
    this.heardAt = now;
  }

  send(frame: ServerFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** A frame that carries `n` and stands at `at`; `rest` is its JSON from the second field on, without the opening brace. */
  push(t: 'snapshot' | 'resumed' | 'delta', rest: string, at: Position): void {
    this.toldAt = at;
    this.sendText(`{"t":"${t}","n":${++this.n},${rest}`);
  }

  error(code: Parameters<typeof errorBody>[0], detail: string, id?: string): void {
    this.send({ t: 'error', ...(id === undefined ? {} : { id }), error: errorBody(code, { detail }) });
  }

  /** Bytes that the client has not taken yet. */
  get buffered(): number {
    return this.socket.bufferedAmount;
  }

  close(reason: CloseReason): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.socket.close(CLOSE[reason].code, CLOSE[reason].words);
  }

  /** For whoever does not read: the closing handshake would wait behind everything that is buffered. */
  terminate(): void {
    this.phase = 'closed';
    this.socket.terminate();
  }

  private sendText(text: string): void {
    if (this.socket.readyState === this.socket.OPEN) sendText(this.socket, text);
  }
}
