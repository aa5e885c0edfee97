import {
  DEFAULT_PREFERENCES,
  type ClientFrame,
  type ConversationView,
  type DeltaFrame,
  type MessageView,
  type PushedFrame,
  type ServerFrame,
  type TabView,
  type ViewChange,
} from '../../../src/application/protocol/index.js';
import { changed } from '../../../frontend/src/model/documents.js';
import type { FakeSocket } from './fake-socket.js';
import { conversation, CONVERSATION, ME, message as messageView, NOBODY, PEER, tab, welcome } from './frames.js';

/** A push frame before it has its number. */
type Unnumbered = PushedFrame extends infer F ? (F extends PushedFrame ? Omit<F, 'n'> : never) : never;

interface Connection {
  readonly socket: FakeSocket;
  readonly outgoing: ServerFrame[];
  handled: number;
  n: number;
  phase: 'greeting' | 'live' | 'gone';
}

/** One conversation on a server that behaves as the gateway does: a log, deltas, a bounded ring, read models that come later. */
export class SimulatedServer {
  readonly log: { at: number; message: MessageView }[] = [];
  private readonly deltas: Omit<DeltaFrame, 'n'>[] = [];
  private position = 0;
  private connection: Connection | null = null;
  private readonly byId = new Map<string, { at: number; message: MessageView }>();
  /** Frames that come so many positions after they are old cannot be resumed from. */
  ringStart = 0;
  /** How far the read models are behind the log, in messages. */
  lag = 0;
  losesFrames = false;

  constructor(private readonly random: () => number) {}

  accept(socket: FakeSocket): void {
    this.connection = { socket, outgoing: [], handled: 0, n: 0, phase: 'greeting' };
    socket.open();
  }

  post(author: string, messageId: string, text: string): { at: number; message: MessageView } {
    const known = this.byId.get(messageId);
    if (known) return known;
    const at = (this.position += 1 + Math.floor(this.random() * 3));
    const sequence = this.log.length + 1;
    const message: MessageView = messageView(sequence, { messageId, author, text, postedAt: at * 1_000 });
    const entry = { at, message };
    this.log.push(entry);
    this.byId.set(messageId, entry);
    const changes: ViewChange[] = [
      {
        view: 'conversation',
        op: 'patch',
        key: CONVERSATION,
        set: { lastPostedAt: message.postedAt },
        max: { lastSequence: sequence },
      },
      { view: 'message', op: 'put', key: `${CONVERSATION}/${sequence}`, doc: message },
    ];
    if (author === ME.id) changes.push({ view: 'tab', op: 'patch', key: CONVERSATION, max: { readMarker: sequence } });
    this.publish({ t: 'delta', at, changes });
    return entry;
  }

  /** Takes what the client sent, and hands over some of what waits for it. */
  step(): void {
    const { connection } = this;
    if (!connection || connection.phase === 'gone') return;
    while (connection.handled < connection.socket.sent.length)
      this.handle(connection, connection.socket.sent[connection.handled++]!);
    const count = Math.floor(this.random() * (connection.outgoing.length + 1));
    for (const frame of connection.outgoing.splice(0, count)) connection.socket.push(frame);
  }

  flush(): void {
    for (let round = 0; round < 5; round++) {
      this.step();
      const { connection } = this;
      if (connection?.phase !== 'live') continue;
      for (const frame of connection.outgoing.splice(0)) connection.socket.push(frame);
    }
  }

  ping(): void {
    if (this.connection?.phase === 'live') this.connection.outgoing.push({ t: 'ping', at: this.position });
  }

  drop(): void {
    const { connection } = this;
    if (!connection || connection.phase === 'gone') return;
    connection.phase = 'gone';
    connection.socket.drop();
  }

  private handle(connection: Connection, frame: ClientFrame): void {
    const { outgoing } = connection;
    if (frame.t === 'hello') {
      outgoing.push(welcome);
      this.open(connection, frame.resume);
    } else if (frame.t === 'resync') this.open(connection, frame.resume);
    else if (frame.t === 'command' && frame.name === 'conversation.post') {
      if (this.random() < 0.1) {
        const error = { code: 'busy', message: '', retryable: true } as const;
        outgoing.push({ t: 'outcome', id: frame.id, ok: false, error });
        return;
      }
      const { at, message } = this.post(ME.id, frame.id, frame.data.text);
      const result = { messageId: frame.id, sequence: message.sequence, postedAt: message.postedAt };
      outgoing.push({ t: 'outcome', id: frame.id, ok: true, at, result });
    } else if (frame.t === 'command') outgoing.push({ t: 'outcome', id: frame.id, ok: true, at: 0, result: {} });
    else if (frame.t === 'query' && frame.name === 'transcript.page') {
      outgoing.push({ t: 'answer', id: frame.id, ok: true, result: this.page(frame.data) });
    }
  }

  private page({ before, after, limit }: { before?: number; after?: number; limit: number }) {
    const known = this.log.slice(0, Math.max(0, this.log.length - this.lag));
    const found = known.filter(
      ({ message }) => message.sequence < (before ?? Infinity) && message.sequence > (after ?? -Infinity),
    );
    const part = after === undefined ? found.slice(-limit) : found.slice(0, limit);
    const messages = part.map(({ at, message }) => ({ at, doc: message }));
    return { messages, notices: [], reactions: [], more: found.length > limit };
  }

  private open(connection: Connection, resume: number | undefined): void {
    connection.phase = 'live';
    if (resume !== undefined && resume >= this.ringStart && resume <= this.position)
      this.push(connection, { t: 'resumed', at: resume });
    else {
      const known = this.log.slice(0, Math.max(0, this.log.length - this.lag));
      const at = Math.max(known.at(-1)?.at ?? 0, this.ringStart);
      this.push(connection, { t: 'snapshot', self: ME, people: [PEER], ...this.documents(at) });
      resume = at;
    }
    for (const delta of this.deltas) if (delta.at > resume) this.push(connection, delta);
  }

  private documents(at: number) {
    let head: ConversationView | null = conversation();
    let own: TabView | null = tab();
    for (const delta of this.deltas) {
      if (delta.at > at) break;
      for (const change of delta.changes) {
        if (change.view === 'conversation') head = changed(head, change);
        if (change.view === 'tab') own = changed(own, change);
      }
    }
    const preferences = { at: 0, doc: DEFAULT_PREFERENCES };
    return {
      at,
      conversations: [{ at, doc: head! }],
      tabs: [{ at, doc: own! }],
      invitations: [],
      invited: [],
      preferences,
      ...NOBODY,
    };
  }

  private publish(delta: Omit<DeltaFrame, 'n'>): void {
    this.deltas.push(delta);
    if (this.connection?.phase === 'live') this.push(this.connection, delta);
  }

  private push(connection: Connection, frame: Unnumbered): void {
    const numbered = { ...frame, n: ++connection.n } as PushedFrame;
    if (this.losesFrames && frame.t === 'delta' && this.random() < 0.1) return;
    connection.outgoing.push(numbered);
  }
}
