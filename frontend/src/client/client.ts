import type {
  CommandFrame,
  CommandName,
  Commands,
  ErrorCode,
  MessageView,
  NoticeView,
  PersonView,
  Queries,
  QueryName,
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
  noticesIn,
  NOTHING,
  peopleNamedIn,
  peopleNamedOnPage,
  shownTabs,
  withLeaving,
  withMarks,
  withoutLeaving,
  withoutSilentWriters,
  withPeople,
  write,
  WRITING_MS,
  type ClientState,
  type PendingMessage,
} from '../model/index.js';
import { Session, type Clock, type LinkOptions, type LinkStatus, type Outcome } from '../session/index.js';
import { Activity } from './activity.js';
import { Leaves, UNDO_MS } from './leaves.js';
import { PeopleLoader } from './people-loader.js';
import { Quotations } from './quotations.js';
import { ReadMarkers } from './read-markers.js';
import { Subscribers } from './subscribers.js';
import { TranscriptLoader } from './transcript-loader.js';
import { DEFAULT_LIMITS, type ViewState } from './view-state.js';
import { Writing } from './writing.js';

export interface ClientOptions extends Pick<LinkOptions, 'openSocket' | 'clock' | 'random' | 'isSignedOut'> {
  /** A UUID that was never used before. */
  readonly newId: () => string;
}

/** The conversation that was started, or why there is none. */
export type Started =
  { readonly ok: true; readonly conversationId: string } | { readonly ok: false; readonly code: ErrorCode };

export interface StartOptions {
  readonly id?: string;
  readonly title?: string;
  /** Of one other person, too; else only of several. */
  readonly isGroup?: boolean;
}

/** What a person can do, and what there is to see. The one place in which model and session meet; nothing here knows the screen. */
export class Client {
  readonly changes = new Subscribers<ViewState>();
  /** Messages of other people, as they come in live. */
  readonly arrivals = new Subscribers<MessageView>();
  /** Messages that are answered and not loaded. */
  readonly quotations: Quotations;
  /** What happened between messages, as it comes in live. */
  readonly noticed = new Subscribers<NoticeView>();
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
  private readonly people: PeopleLoader;
  private readonly markers: ReadMarkers;
  private readonly leaves: Leaves;
  private readonly writing: Writing;
  /** Whether somebody is at this device. */
  readonly activity: Activity;

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
      loaded: (asked, page, replaces) => {
        this.setUnloadable(asked.conversationId, false);
        this.setData(applyPage(this.current.data, asked, page, replaces));
        this.people.want(peopleNamedOnPage(page));
      },
      failed: (id) => {
        this.setUnloadable(id, this.current.link.kind === 'live');
      },
    });
    this.people = new PeopleLoader({
      isLive: () => this.current.link.kind === 'live',
      isKnown: (id) => this.current.data.people.has(id),
      ask: async (ids) => (await this.session.query('people.get', { ids })).people,
      loaded: (people) => {
        this.setData({ ...this.current.data, people: withPeople(this.current.data.people, people) });
      },
    });
    this.quotations = new Quotations(clock, (data) => this.session.query('transcript.messages', data));
    this.markers = new ReadMarkers(clock, (conversationId, sequence) => {
      void this.intend('desk.move-read-marker', { conversationId, sequence });
    });
    this.leaves = new Leaves(clock, (id) => void this.sendLeave(id));
    this.writing = new Writing(clock, (id) => {
      this.session.writing(id);
    });
    this.activity = new Activity(clock, (active) => this.session.activity(active));
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
    if (id === null) return;
    this.loader.want(id);
    void this.askMarks(id);
  }

  /** Whoever goes to a group that they were about to leave stays in it. */
  openTab(conversationId: string): void {
    this.stay(conversationId);
    if (!this.current.data.tabs.get(conversationId)?.doc?.open) void this.intend('desk.open-tab', { conversationId });
    this.select(conversationId);
  }

  /** A private chat goes from the screen; a group is left, unless it is undone in time (S57). */
  closeTab(conversationId: string): void {
    const { data } = this.current;
    const ids = shownTabs(data).map(({ id }) => id);
    const head = data.conversations.get(conversationId)?.doc;
    if (this.current.selected === conversationId) this.select(neighbourOf(ids, conversationId));
    if (head?.kind === 'group') this.leave(conversationId);
    else void this.intend('desk.close-tab', { conversationId, upTo: head?.lastSequence ?? 0 });
  }

  /** The page is about to go: what one decided to leave is left now. */
  finishLeaves(): void {
    this.leaves.finishAll();
  }

  stay(conversationId: string): void {
    if (!this.leaves.undo(conversationId)) return;
    this.setData(withoutLeaving(this.current.data, conversationId));
    this.select(conversationId);
  }

  /** A new id for an intention that may have to be sent more than once. */
  newId(): string {
    return this.options.newId();
  }

  /**
   * Opens the private conversation with one person, or a new group of several. The id names the intention: the same id means the same group,
   * however often it is sent.
   */
  async startConversation(people: readonly string[], { id, title = '', isGroup }: StartOptions = {}): Promise<Started> {
    const named = title.trim() === '' ? {} : { title: title.trim() };
    const command = id ?? this.options.newId();
    const outcome =
      (isGroup ?? people.length > 1)
        ? await this.session.command('conversation.start-group', command, { with: [...people], ...named })
        : await this.session.command('conversation.start', command, { with: people[0] ?? '' });
    if (!outcome.ok) return { ok: false, code: outcome.error.code };
    const { conversationId } = outcome.result as Commands['conversation.start']['result'];
    this.select(conversationId);
    return { ok: true, conversationId };
  }

  /** Accepts an invitation, and enters the group (S37). */
  async join(conversationId: string): Promise<ErrorCode | null> {
    const code = await this.tell('conversation.join', { conversationId });
    if (code === null) this.select(conversationId);
    return code;
  }

  /** Any command that needs nothing more than its answer: `null`, or why the server said no. */
  async tell<N extends CommandName>(name: N, data: Commands[N]['data']): Promise<ErrorCode | null> {
    const outcome = await this.intend(name, data);
    return outcome.ok ? null : outcome.error.code;
  }

  async shareReading(shared: boolean): Promise<void> {
    await this.tell('desk.share-reading', { shared });
    if (this.current.selected !== null) await this.askMarks(this.current.selected);
  }

  /** Any question; rejects with `QueryFailed`. */
  ask<N extends QueryName>(name: N, data: Queries[N]['data']): Promise<Queries[N]['result']> {
    return this.session.query(name, data);
  }

  /** Names are needed for these ids; they come into the state. */
  wantPeople(ids: Iterable<string>): void {
    this.people.want(ids);
  }

  /** Something was typed. */
  typed(conversationId: string): void {
    this.writing.typed(conversationId);
  }

  post(
    conversationId: string,
    text: string,
    more: { replyTo?: number | null; mentions?: readonly string[] } = {},
  ): void {
    const { replyTo = null, mentions = [] } = more;
    const messageId = this.options.newId();
    const message = { messageId, conversationId, text, replyTo, mentions, writtenAt: this.clock.now() };
    this.setData(write(this.current.data, message));
    this.writing.done(conversationId);
    void this.deliver({ ...message, failure: null });
  }

  /** The same message once more, under its own id: if it did arrive after all, it stays one message. */
  retry(messageId: string): void {
    const message = this.current.data.pending.find((one) => one.messageId === messageId);
    if (!message?.failure) return;
    this.setData(fail(this.current.data, messageId, null));
    void this.deliver(message);
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

  loadNewer(conversationId: string): Promise<void> {
    return this.loader.newer(conversationId);
  }
  /** Back to the end of the conversation. */
  loadNewest(conversationId: string): Promise<void> {
    return this.loader.newest(conversationId);
  }
  /** Whether the message is here then; one may not see each. */
  loadAround(conversationId: string, sequence: number): Promise<boolean> {
    return this.loader.around(conversationId, sequence);
  }

  reload(conversationId: string): void {
    this.setUnloadable(conversationId, false);
    this.loader.retry();
  }

  async findPeople(text: string): Promise<readonly PersonView[]> {
    return (await this.session.query('people.find', { text })).people;
  }

  private leave(conversationId: string): void {
    this.setData(withLeaving(this.current.data, conversationId, this.clock.now() + UNDO_MS));
    this.leaves.begin(conversationId);
  }

  private async sendLeave(conversationId: string): Promise<void> {
    const code = await this.tell('conversation.leave', { conversationId });
    // Accepted, the conversation goes; refused, it is there again.
    if (code !== null) this.setData(withoutLeaving(this.current.data, conversationId));
  }

  /** How far the others have read; from then on changes are pushed. */
  private async askMarks(conversationId: string): Promise<void> {
    try {
      const { marks } = await this.session.query('conversation.read-marks', { conversationId });
      this.setData(withMarks(this.current.data, conversationId, marks));
    } catch {
      // Asked again with the next connection, or when the conversation is opened again.
    }
  }

  private async deliver({ messageId, conversationId, text, replyTo, mentions }: PendingMessage): Promise<void> {
    const outcome = await this.session.command('conversation.post', messageId, {
      conversationId,
      text,
      ...(replyTo === null ? {} : { replyTo }),
      ...(mentions.length === 0 ? {} : { mentions: [...mentions] }),
    });
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
    let after = applyFrame(before, frame, this.clock.now());
    if (frame.t === 'snapshot')
      for (const command of this.session.unanswered) after = applyIntent(after, command, this.clock.now());
    if (after === before) return;
    this.setData(after);
    this.leaveLost(before, after);
    this.quotations.received(frame);
    this.people.want(peopleNamedIn(frame));
    if (frame.t === 'snapshot') this.renew();
    if (frame.t === 'writer')
      this.clock.after(WRITING_MS, () => this.setData(withoutSilentWriters(this.current.data, this.clock.now())));
    for (const message of arrivals(before, after, frame)) this.arrivals.tell(message);
    for (const notice of noticesIn(frame)) this.noticed.tell(notice);
  }

  /** What one looked at may go: one left it on another device. */
  private leaveLost(before: ClientState, { conversations }: ClientState): void {
    const { selected } = this.current;
    if (selected === null || conversations.get(selected)?.doc || !before.conversations.get(selected)?.doc) return;
    this.select(
      neighbourOf(
        shownTabs(before).map(({ id }) => id),
        selected,
      ),
    );
  }

  /** What a snapshot does not say has to be asked for again. */
  private renew(): void {
    this.loader.renew();
    const { link, selected } = this.current;
    if (link.kind === 'live' && selected !== null) void this.askMarks(selected);
  }

  private linkChanged(link: LinkStatus): void {
    this.set({ link });
    if (link.kind !== 'live') return;
    this.activity.connected(this.current.limits.idleMs);
    this.loader.retry();
    void this.people.look();
    this.quotations.look();
    if (this.current.selected !== null) void this.askMarks(this.current.selected);
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
