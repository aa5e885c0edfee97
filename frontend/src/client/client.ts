import type {
  CommandFrame,
  CommandName,
  Commands,
  MessageView,
  PersonView,
  ServerFrame,
} from '../../../src/application/protocol/index.js';
import {
  applyFrame,
  applyIntent,
  applyPage,
  arrivals,
  confirm,
  discard,
  fail,
  neighbourOf,
  NOTHING,
  shownTabs,
  totalUnread,
  write,
  type ClientState,
} from '../model/index.js';
import { Session, type Clock, type LinkOptions, type LinkStatus, type Outcome } from '../session/index.js';
import { ReadMarkers } from './read-markers.js';
import { Subscribers } from './subscribers.js';
import { TranscriptLoader } from './transcript-loader.js';
import { DEFAULT_LIMITS, type ViewState } from './view-state.js';

export interface ClientOptions extends Pick<LinkOptions, 'openSocket' | 'clock' | 'random' | 'isSignedOut'> {
  /** A UUID that was never used before. */
  readonly newId: () => string;
}

/** What a person can do, and what there is to see. The one place in which model and session meet; nothing here knows the screen. */
export class Client {
  readonly changes = new Subscribers<ViewState>();
  /** Messages of other people, as they come in live. */
  readonly arrivals = new Subscribers<MessageView>();
  private current: ViewState = {
    data: NOTHING,
    link: { kind: 'idle' },
    limits: DEFAULT_LIMITS,
    selected: null,
    unloadable: new Set(),
    trouble: null,
  };
  private readonly clock: Clock;
  private readonly session: Session;
  private readonly loader: TranscriptLoader;
  private readonly markers: ReadMarkers;

  constructor(private readonly options: ClientOptions) {
    const { clock } = options;
    this.clock = clock;
    this.session = new Session({
      ...options,
      position: () => this.current.data.position,
      onFrame: (frame) => {
        this.received(frame);
      },
      onTrouble: (trouble) => {
        if (trouble !== this.current.trouble) this.set({ trouble });
      },
      onStatus: (link) => {
        this.linkChanged(link);
      },
    });
    this.loader = new TranscriptLoader({
      clock,
      state: () => this.current.data,
      isLive: () => this.current.link.kind === 'live',
      ask: (data) => this.session.query('transcript.page', data),
      loaded: (asked, page) => {
        this.setUnloadable(asked.conversationId, false);
        this.setData(applyPage(this.current.data, asked, page));
      },
      failed: (id) => {
        this.setUnloadable(id, this.current.link.kind === 'live');
      },
    });
    this.markers = new ReadMarkers(clock, (conversationId, sequence) => {
      void this.intend('desk.move-read-marker', { conversationId, sequence });
    });
  }

  get state(): ViewState {
    return this.current;
  }

  start(): void {
    this.session.start();
  }
  stop(): void {
    this.session.stop();
  }
  nudge(): void {
    this.session.nudge();
  }

  select(id: string | null): void {
    this.set({ selected: id });
    if (id !== null) this.loader.want(id);
  }

  openTab(conversationId: string): void {
    if (!this.current.data.tabs.get(conversationId)?.doc?.open) void this.intend('desk.open-tab', { conversationId });
    this.select(conversationId);
  }

  closeTab(conversationId: string): void {
    const ids = shownTabs(this.current.data).map(({ id }) => id);
    const upTo = this.current.data.conversations.get(conversationId)?.doc?.lastSequence ?? 0;
    if (this.current.selected === conversationId) this.select(neighbourOf(ids, conversationId));
    void this.intend('desk.close-tab', { conversationId, upTo });
  }

  /** Opens the private conversation with somebody, and answers its id; `null` when the server refused. */
  async startConversation(userId: string): Promise<string | null> {
    const outcome = await this.session.command('conversation.start', this.options.newId(), { with: userId });
    if (!outcome.ok) return null;
    const { conversationId } = outcome.result as Commands['conversation.start']['result'];
    this.select(conversationId);
    return conversationId;
  }

  post(conversationId: string, text: string): void {
    const messageId = this.options.newId();
    this.setData(write(this.current.data, { messageId, conversationId, text, writtenAt: this.clock.now() }));
    void this.deliver(messageId, conversationId, text);
  }

  /** The same message once more, under its own id: if it did arrive after all, it stays one message. */
  retry(messageId: string): void {
    const message = this.current.data.pending.find((one) => one.messageId === messageId);
    if (!message?.failure) return;
    this.setData(fail(this.current.data, messageId, null));
    void this.deliver(messageId, message.conversationId, message.text);
  }

  discard(messageId: string): void {
    this.setData(discard(this.current.data, messageId));
  }

  /** Everything that is here of the conversation was read. */
  markRead(conversationId: string): void {
    const { data } = this.current;
    const last = data.conversations.get(conversationId)?.doc?.lastSequence ?? 0;
    const marker = data.tabs.get(conversationId)?.doc?.readMarker ?? 0;
    if (last <= marker) return;
    const intent = { name: 'desk.move-read-marker', data: { conversationId, sequence: last } } as CommandFrame;
    this.setData(applyIntent(data, intent, this.clock.now()));
    this.markers.move(conversationId, last);
  }

  loadOlder(conversationId: string): Promise<void> {
    return this.loader.older(conversationId);
  }

  reload(conversationId: string): void {
    this.setUnloadable(conversationId, false);
    this.loader.retry();
  }

  async findPeople(text: string): Promise<readonly PersonView[]> {
    return (await this.session.query('people.find', { text })).people;
  }

  get unread(): number {
    return totalUnread(this.current.data);
  }

  private async deliver(messageId: string, conversationId: string, text: string): Promise<void> {
    const outcome = await this.session.command('conversation.post', messageId, { conversationId, text });
    const { data } = this.current;
    if (!outcome.ok) this.setData(fail(data, messageId, outcome.error.code));
    else this.setData(confirm(data, messageId, outcome.at, outcome.result as Commands['conversation.post']['result']));
  }

  private intend<N extends CommandName>(name: N, data: Commands[N]['data']): Promise<Outcome> {
    const id = this.options.newId();
    this.setData(applyIntent(this.current.data, { t: 'command', id, name, data } as CommandFrame, this.clock.now()));
    return this.session.command(name, id, data);
  }

  private received(frame: ServerFrame): void {
    if (frame.t === 'welcome') this.set({ limits: frame.limits });
    const before = this.current.data;
    let after = applyFrame(before, frame);
    if (frame.t === 'snapshot')
      for (const command of this.session.unanswered) after = applyIntent(after, command, this.clock.now());
    if (after === before) return;
    this.setData(after);
    for (const message of arrivals(before, after, frame)) this.arrivals.tell(message);
  }

  private linkChanged(link: LinkStatus): void {
    this.set({ link });
    if (link.kind === 'live') this.loader.retry();
  }

  private setUnloadable(id: string, is: boolean): void {
    if (this.current.unloadable.has(id) === is) return;
    const unloadable = new Set(this.current.unloadable);
    if (is) unloadable.add(id);
    else unloadable.delete(id);
    this.set({ unloadable });
  }

  private setData(data: ClientState): void {
    this.set({ data });
    this.loader.look();
  }

  private set(part: Partial<ViewState>): void {
    this.current = { ...this.current, ...part };
    this.changes.tell(this.current);
  }
}
