import type { CommandFrame, MessageView, NoticeView, ServerFrame } from '../../../src/application/protocol/index.js';
import {
  applyFrame,
  applyIntent,
  arrivals,
  noticesIn,
  peopleNamedIn,
  withoutSilentWriters,
  WRITING_MS,
  type ClientState,
} from '../model/index.js';
import type { Clock, LinkStatus } from '../session/index.js';
import type { Activity } from './activity.js';
import type { PeopleLoader } from './people-loader.js';
import type { Quotations } from './quotations.js';
import type { Selection } from './selection.js';
import type { Store } from './store.js';
import { Subscribers } from './subscribers.js';
import type { TranscriptLoader } from './transcript-loader.js';

export interface ReceptionOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly selection: Selection;
  readonly loader: TranscriptLoader;
  readonly people: PeopleLoader;
  readonly quotations: Quotations;
  readonly activity: Activity;
  /** Commands that the server has not answered: a snapshot does not know of them. */
  readonly unanswered: () => readonly CommandFrame[];
}

/** What the server sends by itself, and what has to be fetched because of it. */
export class Reception {
  readonly arrivals = new Subscribers<MessageView>();
  readonly noticed = new Subscribers<NoticeView>();

  constructor(private readonly options: ReceptionOptions) {}

  received(frame: ServerFrame): void {
    const { clock, store, people, quotations } = this.options;
    if (frame.t === 'welcome') store.set({ limits: frame.limits });
    const before = store.data;
    const after = this.applied(before, frame);
    if (after === before) return;
    store.setData(after);
    this.leaveLost(before, after);
    quotations.received(frame);
    people.want(peopleNamedIn(frame));
    if (frame.t === 'snapshot') this.renew();
    if (frame.t === 'writer')
      clock.after(WRITING_MS, () => {
        store.setData(withoutSilentWriters(store.data, clock.now()));
      });
    for (const message of arrivals(before, after, frame)) this.arrivals.tell(message);
    for (const notice of noticesIn(frame)) this.noticed.tell(notice);
  }

  linkChanged(link: LinkStatus): void {
    const { store, selection, loader, people, quotations, activity } = this.options;
    store.set({ link });
    if (link.kind !== 'live') return;
    activity.connected(store.state.limits.idleMs);
    loader.retry();
    void people.look();
    quotations.look();
    void selection.renewMarks();
  }

  private applied(before: ClientState, frame: ServerFrame): ClientState {
    const now = this.options.clock.now();
    const after = applyFrame(before, frame, now);
    if (frame.t !== 'snapshot') return after;
    return this.options.unanswered().reduce((state, command) => applyIntent(state, command, now), after);
  }

  /** What one looked at may go: one left it on another device. */
  private leaveLost(before: ClientState, { conversations }: ClientState): void {
    const { store, selection } = this.options;
    const { selected } = store.state;
    if (selected === null || conversations.get(selected)?.doc || !before.conversations.get(selected)?.doc) return;
    selection.leave(selected, before);
  }

  /** What a snapshot does not say has to be asked for again. */
  private renew(): void {
    const { store, selection, loader } = this.options;
    loader.renew();
    if (store.isLive) void selection.renewMarks();
  }
}
