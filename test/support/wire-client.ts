import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import {
  PROTOCOL_VERSION,
  SOCKET_PATH,
  type AnswerFrame,
  type CommandName,
  type Commands,
  type ErrorBody,
  type OutcomeFrame,
  type Placed,
  type Queries,
  type QueryName,
  type ServerFrame,
  type SignedIn,
  type SnapshotFrame,
  type Views,
} from '../../src/application/protocol/index.js';
import { ClientState, type Documents } from './client-state.js';
import { eventually } from './eventually.js';

type Outcome<N extends CommandName> =
  | { readonly ok: true; readonly at: number; readonly result: Commands[N]['result'] }
  | { readonly ok: false; readonly error: ErrorBody };
/** Signs in as a program does, over HTTP. */
export const signIn = async (url: string, login: string, password: string): Promise<SignedIn & { token: string }> => {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password, token: true }),
  });
  if (response.status !== 200) throw new Error(`sign-in of ${login}: ${response.status} ${await response.text()}`);
  return (await response.json()) as SignedIn & { token: string };
};

/** A client of the wire protocol that does what docs/protocol.md says, and keeps everything that it was sent. */
export class WireClient {
  /** In order of arrival, over all connections. */
  readonly frames: ServerFrame[] = [];
  private readonly state = new ClientState();
  closed: { readonly code: number; readonly reason: string } | null = null;
  socket: WebSocket | null = null;
  private readonly waiting = new Map<string, (frame: OutcomeFrame | AnswerFrame) => void>();
  private n = 0;

  constructor(
    private readonly url: string,
    readonly session: SignedIn & { token: string },
  ) {}

  static async signIn(url: string, login: string, password: string): Promise<WireClient> {
    return new WireClient(url, await signIn(url, login, password));
  }

  get userId(): string {
    return this.session.user.id;
  }

  /** What the frames came to. */
  get documents(): Documents {
    return this.state.documents;
  }

  /** Everything up to here was applied. */
  get position(): number | undefined {
    return this.state.position;
  }

  /** Opens the socket without a hello. */
  async dial(headers: Record<string, string> = { Authorization: `Bearer ${this.session.token}` }): Promise<WebSocket> {
    const socket = new WebSocket(this.url.replace(/^http/, 'ws') + SOCKET_PATH, { headers });
    socket.setMaxListeners(0); // one per open request
    this.socket = socket;
    this.closed = null;
    this.n = 0;
    socket.on('message', (data: Buffer) => {
      this.take(JSON.parse(data.toString('utf8')) as ServerFrame);
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => undefined); // a reset shows as a close
    return socket;
  }

  /** Opens the socket and waits for `snapshot` or `resumed`. */
  async connect(resume: number | undefined = this.position): Promise<this> {
    const before = this.frames.length;
    await this.dial();
    this.send({ t: 'hello', version: PROTOCOL_VERSION, ...(resume === undefined ? {} : { resume }) });
    await eventually('the first state', () =>
      this.frames.slice(before).some(({ t }) => t === 'snapshot' || t === 'resumed'),
    );
    return this;
  }

  send(frame: unknown): void {
    this.socket?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Breaks the connection as a lost network does: without a word. */
  async drop(): Promise<void> {
    this.socket?.terminate();
    await eventually('the end of the connection', () => this.closed !== null);
  }

  async command<N extends CommandName>(
    name: N,
    data: Commands[N]['data'],
    id: string = randomUUID(),
  ): Promise<Outcome<N>> {
    return (await this.request({ t: 'command', id, name, data })) as unknown as Outcome<N>;
  }

  /** As `command`; fails unless it is accepted. */
  async accepted<N extends CommandName>(
    name: N,
    data: Commands[N]['data'],
    id?: string,
  ): Promise<Commands[N]['result']> {
    const outcome = await this.command(name, data, id);
    if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.error.code} ${outcome.error.detail ?? ''}`);
    return outcome.result;
  }

  async query<N extends QueryName>(
    name: N,
    data: Queries[N]['data'],
  ): Promise<
    { readonly ok: true; readonly result: Queries[N]['result'] } | { readonly ok: false; readonly error: ErrorBody }
  > {
    return (await this.request({ t: 'query', id: randomUUID(), name, data })) as never;
  }

  async post(conversationId: string, text: string, id?: string): Promise<Commands['conversation.post']['result']> {
    return this.accepted('conversation.post', { conversationId, text }, id);
  }

  async start(withUser: string): Promise<string> {
    return (await this.accepted('conversation.start', { with: withUser })).conversationId;
  }

  /** Texts of the pushed messages of a conversation, by sequence. */
  texts(conversationId: string): (string | null)[] {
    return [...this.documents.message.values()]
      .filter(({ doc }) => doc.conversationId === conversationId)
      .sort((one, other) => one.doc.sequence - other.doc.sequence)
      .map(({ doc }) => doc.text);
  }

  /** The whole transcript as the server pages it. */
  async transcript(conversationId: string): Promise<Placed<Views['message']>[]> {
    const all: Placed<Views['message']>[] = [];
    for (;;) {
      const after = all.at(-1)?.doc.sequence ?? 0;
      const answer = await this.query('transcript.page', { conversationId, after, limit: 100 });
      if (!answer.ok) throw new Error(answer.error.code);
      all.push(...answer.result.messages);
      if (!answer.result.more) return all;
    }
  }

  /** Waits until everything up to the position was applied, or something after it. */
  reached(position: number): Promise<void> {
    return eventually(`position ${position}`, () => (this.position ?? 0) >= position);
  }

  /** A fresh snapshot as another connection would get it. */
  async freshSnapshot(): Promise<SnapshotFrame> {
    const other = await new WireClient(this.url, this.session).connect(undefined);
    const snapshot = other.frames.find((frame) => frame.t === 'snapshot');
    other.socket?.terminate();
    if (!snapshot) throw new Error('no snapshot came');
    // What it was sent after the snapshot belongs to it.
    return {
      ...snapshot,
      conversations: [...other.documents.conversation.values()],
      tabs: [...other.documents.tab.values()],
      invitations: [...other.documents.invitation.values()],
      invited: [...other.documents.invited.values()],
      favorites: [...other.documents.favorite.values()],
      requests: [...other.documents.request.values()],
      watchers: [...other.documents.watcher.values()],
      presences: [...other.documents.presence.values()],
    };
  }

  close(): void {
    this.closed ??= { code: 1006, reason: 'closed by the client' };
    this.socket?.terminate();
  }

  private request(frame: {
    readonly t: string;
    readonly id: string;
    readonly name: string;
    readonly data: object;
  }): Promise<OutcomeFrame | AnswerFrame> {
    return new Promise((resolve, reject) => {
      if (this.socket?.readyState !== WebSocket.OPEN) throw new Error('there is no connection');
      this.waiting.set(frame.id, resolve);
      this.socket.once('close', () => {
        reject(new Error('the connection ended before the answer'));
      });
      this.send(frame);
    });
  }

  private take(frame: ServerFrame): void {
    this.frames.push(frame);
    if ('n' in frame && frame.n !== ++this.n) throw new Error(`frame ${frame.n} came where ${this.n} was due`);
    this.state.take(frame);
    switch (frame.t) {
      case 'ping':
        this.send({ t: 'pong' });
        break;
      case 'fell-behind':
        this.send({ t: 'resync', ...(this.position === undefined ? {} : { resume: this.position }) });
        break;
      case 'outcome':
      case 'answer':
        this.waiting.get(frame.id)?.(frame);
        this.waiting.delete(frame.id);
        break;
      case 'snapshot':
      case 'resumed':
      case 'delta':
      case 'error':
      case 'writer':
      case 'welcome':
        break;
    }
  }
}
