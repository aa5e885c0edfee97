import type { ActorSystem } from '../../application/actors/actor-system.js';
import { idOf } from '../../application/actors/actor-system.js';
import type { Directory } from '../../application/ports/directory.js';
import {
  categoryOf,
  LogUnavailable,
  STREAM_CATEGORIES,
  type EventLog,
  type Position,
  type RecordedEvent,
} from '../../application/ports/event-log.js';
import { personView } from '../../application/queries/person-view.js';
import type { ConversationEvent } from '../../domain/conversation/index.js';
import { asId, type UserId } from '../../domain/kernel/ids.js';
import { conversationIn } from '../../domain/message/index.js';
import { markParts, markReaders, membershipParts, namedIn, projectedParts, sharedMove } from './changes-of-event.js';
import { DeltaRing, type Delta, type DeltaPart } from './delta-ring.js';
import { LiveConversations, type Followed } from './live-conversations.js';
import { LiveReading } from './live-reading.js';
import { LiveRosters } from './live-rosters.js';
import { PresenceParts } from './presence-parts.js';

/** Deltas kept for clients that come back, and conversations whose participants are kept in mind. */
const RING = { deltas: 20_000, characters: 16_000_000 };
const CONVERSATIONS = 20_000;
/** People of whom it is kept in mind whether they share how far they have read. */
const PEOPLE = 50_000;
/** People whose watchers are kept in mind. */
const ROSTERS = 20_000;
/**
 * Events whose places may be told to anybody. Those of the others would tell who comes and goes, signs out, or looks at something, to whoever counts.
 */
const TOLD: ReadonlySet<string> = new Set(['conversation', 'message']);
/** Pause before the log is tried again. */
const RETRY_MS = 250;

export interface FeedListener {
  delta(delta: Delta): void;
  /** Every followed event, before its delta. */
  event(recorded: RecordedEvent): void;
  /** Nothing is pushed any more: an event cannot be read. */
  failed(error: unknown): void;
}

/**
 * Follows the log and says what each event changes for whom, by the same tables that build the read models. The one source of what
 * is pushed: the command path pushes nothing.
 */
export class LiveFeed {
  private readonly stopping = new AbortController();
  private readonly conversations: LiveConversations;
  private readonly reading: LiveReading;
  private readonly presence: PresenceParts;
  readonly rosters: LiveRosters;
  private running: Promise<void> = Promise.resolve();
  /** Everything up to here was handed on. */
  position: Position = 0;
  /** As `position`, for everybody: it stands still while nothing happens but what only some may know of. */
  toldPosition: Position = 0;
  /** `waiting`: the log does not answer now. `failed`: an event cannot be read; see `reason`. */
  state: 'starting' | 'live' | 'waiting' | 'failed' = 'starting';
  reason: string | null = null;
  ring = new DeltaRing(0, RING.deltas, RING.characters);

  constructor(
    private readonly log: EventLog,
    private readonly actors: ActorSystem,
    private readonly directory: Directory,
  ) {
    this.conversations = new LiveConversations(actors, log, CONVERSATIONS);
    this.reading = new LiveReading(actors, PEOPLE);
    this.rosters = new LiveRosters(actors, log, ROSTERS);
    this.presence = new PresenceParts(actors, log, this.rosters);
  }

  /** Position of the newest event of one of that conversation's messages that was pushed, or a later one. */
  changedAt(conversationId: string): Position {
    return this.conversations.changedAt(conversationId);
  }

  /** Follows from the end of the log on. */
  async start(listener: FeedListener): Promise<void> {
    this.position = await this.log.head();
    this.toldPosition = this.position;
    this.conversations.startAt(this.position);
    this.ring = new DeltaRing(this.position, RING.deltas, RING.characters);
    this.state = 'live';
    this.running = this.run(listener);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** While the log is away, followers wait with it; what cannot be read at all ends the feed, at that event and never past it. */
  private async run(listener: FeedListener): Promise<void> {
    while (!this.stopped()) {
      try {
        await this.follow(listener);
      } catch (error) {
        if (this.stopped()) return;
        this.reason = error instanceof Error ? error.message : String(error);
        if (!(error instanceof LogUnavailable)) {
          this.state = 'failed';
          listener.failed(error);
          return;
        }
        this.state = 'waiting';
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async follow(listener: FeedListener): Promise<void> {
    const following = this.log.follow({
      after: this.position === 0 ? 'start' : this.position,
      categories: STREAM_CATEGORIES,
      signal: this.stopping.signal,
    });
    for await (const signal of following) {
      if (signal.kind === 'event') {
        const handled = this.handle(signal.event, listener);
        // Awaiting only what is not known yet keeps the deltas of one batch in one turn of the event loop.
        if (handled) await handled;
        this.position = signal.event.position;
        if (TOLD.has(categoryOf(signal.event.stream))) this.toldPosition = this.position;
      } else if (signal.kind === 'scanned') this.position = signal.position;
      else if (signal.kind === 'caught-up') {
        this.state = 'live';
        this.reason = null;
      }
    }
  }

  /** Asynchronous only where something is to be loaded first. */
  private handle(recorded: RecordedEvent, listener: FeedListener): Promise<void> | null {
    this.actors.observe(recorded);
    listener.event(recorded);
    const category = categoryOf(recorded.stream);
    if (category === 'desk') this.reading.apply(recorded);
    else if (category === 'roster') this.rosters.apply(recorded);
    const concerned = this.concerned(recorded);
    if (concerned instanceof Promise)
      return concerned.then(async (followed) => {
        await this.goOn(recorded, followed, listener);
      });
    return this.goOn(recorded, concerned, listener);
  }

  /** The conversation that an event concerns, if any. */
  private concerned(recorded: RecordedEvent): Followed | null | Promise<Followed> {
    const category = categoryOf(recorded.stream);
    if (category === 'conversation') return this.conversations.apply(idOf(recorded.stream), recorded);
    if (category === 'message') return this.changed(conversationIn(idOf(recorded.stream)), recorded.position);
    const moved = category === 'desk' ? sharedMove(recorded) : null;
    return moved && this.conversations.concerned(moved.conversationId);
  }

  private changed(conversationId: string, position: Position): Followed | Promise<Followed> {
    const mark = (followed: Followed): Followed => {
      followed.changedAt = position;
      return followed;
    };
    const concerned = this.conversations.concerned(conversationId);
    return concerned instanceof Promise ? concerned.then(mark) : mark(concerned);
  }

  private goOn(recorded: RecordedEvent, followed: Followed | null, listener: FeedListener): Promise<void> | null {
    const readers = markReaders(recorded, followed);
    const learning = readers.length === 0 ? null : this.reading.learn(readers);
    const names = namedIn(recorded);
    const presence = this.presence.of(recorded);
    const emit = (presences: readonly DeltaPart[], people: string | null): void => {
      const parts = [
        ...projectedParts(recorded, followed),
        ...membershipParts(recorded, followed),
        ...markParts(recorded, readers, this.reading),
        ...presences,
      ];
      if (parts.length === 0) return;
      const delta: Delta = { at: recorded.position, parts, people, leaver: leaverIn(recorded) };
      this.ring.add(delta);
      listener.delta(delta);
    };
    if (learning !== null || names.length > 0 || presence instanceof Promise)
      return Promise.all([presence, this.learnt(learning, names)]).then(([presences, people]) => {
        emit(presences, people);
      });
    emit(presence, null);
    return null;
  }

  private async learnt(learning: Promise<void> | null, names: readonly string[]): Promise<string | null> {
    await learning;
    return this.people(names);
  }

  private async people(ids: readonly string[]): Promise<string | null> {
    if (ids.length === 0) return null;
    const people = await this.directory.people([...new Set(ids)].map((id) => asId<UserId>(id)));
    return JSON.stringify(people.map(personView));
  }
}

const leaverIn = ({ event }: RecordedEvent): string | null => {
  const { type, data } = event as ConversationEvent;
  return type === 'ParticipantLeft' ? data.user : null;
};
