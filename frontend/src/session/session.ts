import type {
  CommandFrame,
  CommandName,
  Commands,
  ErrorCode,
  Queries,
  QueryName,
  ServerFrame,
} from '../../../src/application/protocol/index.js';
import { Link, type LinkOptions } from './link.js';
import { Outbox, type Outcome } from './outbox.js';
import { OpenQueries } from './queries.js';
import type { LinkStatus } from './status.js';

export interface SessionOptions extends LinkOptions {
  /** Why the server does not take commands at the moment, which are then tried again; `null`: it does. */
  readonly onTrouble: (code: ErrorCode | null) => void;
}

/** The link together with what is asked and told over it. */
export class Session {
  private readonly link: Link;
  private readonly outbox: Outbox;
  private readonly queries: OpenQueries;

  constructor(private readonly options: SessionOptions) {
    const { clock, random } = options;
    this.outbox = new Outbox(clock, random, (frame) => this.link.send(frame), options.onTrouble);
    this.queries = new OpenQueries(clock, (frame) => this.link.send(frame));
    this.link = new Link({
      ...options,
      onFrame: (frame) => {
        this.received(frame);
      },
      onStatus: (status) => {
        if (status.kind !== 'live') this.disconnected();
        options.onStatus(status);
      },
    });
  }

  get status(): LinkStatus {
    return this.link.status;
  }
  get unanswered(): readonly CommandFrame[] {
    return this.outbox.unanswered;
  }

  start(): void {
    this.link.start();
  }
  stop(): void {
    this.link.stop();
  }
  nudge(): void {
    this.link.nudge();
  }

  /** Resolves with the server's answer, however long the way there is; never rejects. */
  command<N extends CommandName>(name: N, id: string, data: Commands[N]['data']): Promise<Outcome> {
    return this.outbox.add({ t: 'command', id, name, data } as CommandFrame);
  }

  /** Rejects with `QueryFailed`. */
  query<N extends QueryName>(name: N, data: Queries[N]['data']): Promise<Queries[N]['result']> {
    return this.queries.ask(name, data);
  }

  /** Only while there is a connection: nobody needs to know later that somebody was writing. */
  writing(conversationId: string): void {
    this.link.send({ t: 'writing', conversationId });
  }

  /** `false`: there is no connection, and a new one counts as active. */
  activity(active: boolean): boolean {
    return this.link.send({ t: 'activity', active });
  }

  private received(frame: ServerFrame): void {
    if (frame.t === 'answer') this.queries.answered(frame);
    else if (frame.t === 'error') this.refused(frame);
    else {
      this.options.onFrame(frame);
      if (frame.t === 'welcome') this.outbox.connected();
      if (frame.t === 'outcome') this.outbox.answered(frame);
    }
  }

  /** A frame that the server could not read will not be read the next time either. */
  private refused({ id, error }: Extract<ServerFrame, { t: 'error' }>): void {
    if (id === undefined) return;
    this.queries.refused(id, error);
    this.outbox.answered({ t: 'outcome', id, ok: false, error });
  }

  private disconnected(): void {
    this.outbox.disconnected();
    this.queries.disconnected();
  }
}
