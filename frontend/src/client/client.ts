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
} from '../../../src/application/protocol/index.js';
import { applyIntent, withLeaving, withoutLeaving } from '../model/index.js';
import { Session, type LinkOptions, type Outcome } from '../session/index.js';
import { Activity } from './activity.js';
import { Corrections } from './corrections.js';
import { Delivery } from './delivery.js';
import { Leaves, UNDO_MS } from './leaves.js';
import { peopleLoader, transcriptLoader } from './loaders.js';
import type { PeopleLoader } from './people-loader.js';
import { Quotations } from './quotations.js';
import { ReadMarkers } from './read-markers.js';
import { Reception } from './reception.js';
import { Selection } from './selection.js';
import { Store } from './store.js';
import type { Subscribers } from './subscribers.js';
import type { TranscriptLoader } from './transcript-loader.js';
import type { ViewState } from './view-state.js';
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
  readonly changes: Subscribers<ViewState>;
  /** Messages of other people, as they come in live. */
  readonly arrivals: Subscribers<MessageView>;
  /** What happened between messages, as it comes in live. */
  readonly noticed: Subscribers<NoticeView>;
  /** Messages that are answered and not loaded. */
  readonly quotations: Quotations;
  /** Refused corrections that are kept. */
  readonly corrections: Corrections;
  private readonly store = new Store();
  private readonly session: Session;
  private readonly loader: TranscriptLoader;
  private readonly people: PeopleLoader;
  private readonly selection: Selection;
  private readonly delivery: Delivery;
  private readonly markers: ReadMarkers;
  private readonly leaves: Leaves;
  private readonly writing: Writing;
  /** Whether somebody is at this device. */
  readonly activity: Activity;

  constructor(private readonly options: ClientOptions) {
    const { clock, newId } = options;
    const { store } = this;
    this.changes = store.changes;
    this.session = new Session({
      ...options,
      position: () => store.data.position,
      onFrame: (frame) => {
        reception.received(frame);
      },
      onTrouble: (trouble) => {
        if (trouble !== store.state.trouble) store.set({ trouble });
      },
      onStatus: (link) => {
        reception.linkChanged(link);
      },
    });
    const { session } = this;
    this.people = peopleLoader(store, session);
    this.loader = transcriptLoader(store, session, { clock, people: this.people });
    store.dataChanges.add(() => {
      this.loader.look();
    });
    this.quotations = new Quotations(clock, (data) => session.query('transcript.messages', data));
    this.selection = new Selection({
      store,
      loader: this.loader,
      askMarks: (data) => session.query('conversation.read-marks', data),
    });
    this.delivery = new Delivery({
      store,
      newId,
      now: () => clock.now(),
      post: (messageId, data) => session.command('conversation.post', messageId, data),
    });
    this.corrections = new Corrections(store, (correction) => this.tell('message.correct', { ...correction }));
    this.markers = new ReadMarkers(clock, (conversationId, sequence) => {
      void this.intend('desk.move-read-marker', { conversationId, sequence });
    });
    this.leaves = new Leaves(clock, (id) => void this.sendLeave(id));
    this.writing = new Writing(clock, (id) => {
      session.writing(id);
    });
    this.activity = new Activity(clock, (active) => session.activity(active));
    const { selection, loader, people, quotations, activity } = this;
    const unanswered = () => session.unanswered;
    const reception = new Reception({ clock, store, selection, loader, people, quotations, activity, unanswered });
    this.arrivals = reception.arrivals;
    this.noticed = reception.noticed;
  }

  get state(): ViewState {
    return this.store.state;
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
    this.selection.select(id);
  }

  /** Whoever goes to a group that they were about to leave stays in it. */
  openTab(conversationId: string): void {
    this.stay(conversationId);
    if (!this.store.data.tabs.get(conversationId)?.doc?.open) void this.intend('desk.open-tab', { conversationId });
    this.select(conversationId);
  }

  /** A private chat goes from the screen; a group is left, unless it is undone in time (S57). */
  closeTab(conversationId: string): void {
    const { data } = this.store;
    const head = data.conversations.get(conversationId)?.doc;
    this.selection.leave(conversationId, data);
    if (head?.kind === 'group') this.leave(conversationId);
    else void this.intend('desk.close-tab', { conversationId, upTo: head?.lastSequence ?? 0 });
  }

  /** The page is about to go: what one decided to leave is left now. */
  finishLeaves(): void {
    this.leaves.finishAll();
  }

  stay(conversationId: string): void {
    if (!this.leaves.undo(conversationId)) return;
    this.store.setData(withoutLeaving(this.store.data, conversationId));
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
    await this.selection.renewMarks();
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
    more: { readonly replyTo?: number | null; readonly mentions?: readonly string[] } = {},
  ): void {
    this.delivery.post(conversationId, text, more);
    this.writing.done(conversationId);
  }
  retry(messageId: string): void {
    this.delivery.retry(messageId);
  }
  discard(messageId: string): void {
    this.delivery.discard(messageId);
  }

  /** Everything that is here of the conversation was read. */
  markRead(conversationId: string): void {
    const { data } = this.store;
    const last = data.conversations.get(conversationId)?.doc?.lastSequence ?? 0;
    const marker = data.tabs.get(conversationId)?.doc?.readMarker ?? 0;
    if (last <= marker) return;
    const intent = { name: 'desk.move-read-marker', data: { conversationId, sequence: last } } as CommandFrame;
    this.store.setData(applyIntent(data, intent, this.options.clock.now()));
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
    this.store.setUnloadable(conversationId, false);
    this.loader.retry();
  }

  async findPeople(text: string): Promise<readonly PersonView[]> {
    return (await this.session.query('people.find', { text })).people;
  }

  private leave(conversationId: string): void {
    this.store.setData(withLeaving(this.store.data, conversationId, this.options.clock.now() + UNDO_MS));
    this.leaves.begin(conversationId);
  }

  private async sendLeave(conversationId: string): Promise<void> {
    const code = await this.tell('conversation.leave', { conversationId });
    // Accepted, the conversation goes; refused, it is there again.
    if (code !== null) this.store.setData(withoutLeaving(this.store.data, conversationId));
  }

  private intend<N extends CommandName>(name: N, data: Commands[N]['data']): Promise<Outcome> {
    const id = this.options.newId();
    const { store } = this;
    const intent = { t: 'command', id, name, data } as CommandFrame;
    store.setData(applyIntent(store.data, intent, this.options.clock.now()));
    return this.session.command(name, id, data);
  }
}
