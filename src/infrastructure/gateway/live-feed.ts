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
import type { ConversationState } from '../../domain/conversation/index.js';
import { asId, type UserId } from '../../domain/kernel/ids.js';
import { PROJECTIONS, type ProjectionName } from '../../projections/index.js';
import { changesOf } from '../../projections/runtime/projection.js';
import { DeltaRing, type Delta, type DeltaPart } from './delta-ring.js';
import { audienceOf, LiveConversations } from './live-conversations.js';
import { PUSHED_VIEWS, type Audience } from './pushed-views.js';

/** Deltas kept for clients that come back, and conversations whose participants are kept in mind. */
const RING = { deltas: 20_000, characters: 16_000_000 };
const CONVERSATIONS = 20_000;
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
  private running: Promise<void> = Promise.resolve();
  /** Everything up to here was handed on. */
  position: Position = 0;
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
  }

  /** Follows from the end of the log on. */
  async start(listener: FeedListener): Promise<void> {
    this.position = await this.log.head();
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
    const emit = (delta: Delta | null): void => {
      if (!delta) return;
      this.ring.add(delta);
      listener.delta(delta);
    };
    const state =
      categoryOf(recorded.stream) === 'conversation' ? this.conversations.apply(idOf(recorded.stream), recorded) : null;
    const delta =
      state instanceof Promise ? state.then((loaded) => this.deltaOf(recorded, loaded)) : this.deltaOf(recorded, state);
    if (delta instanceof Promise) return delta.then(emit);
    emit(delta);
    return null;
  }

  private deltaOf(recorded: RecordedEvent, state: ConversationState | null): Delta | null | Promise<Delta> {
    const parts: DeltaPart[] = [];
    for (const table of PROJECTIONS) {
      const pushed = PUSHED_VIEWS[table.name as ProjectionName];
      if (pushed === 'not-pushed' || !table.categories.includes(categoryOf(recorded.stream))) continue;
      for (const change of changesOf(table, recorded)) {
        const { key, audience } = pushed.route(change.key);
        parts.push({
          audience: resolve(audience, state),
          body: JSON.stringify({ view: pushed.view, ...change, key }),
        });
      }
    }
    if (parts.length === 0) return null;
    return recorded.event.type === 'DirectConversationStarted' && state?.kind === 'direct'
      ? this.withPeople({ at: recorded.position, parts, people: null }, Object.keys(state.spans))
      : { at: recorded.position, parts, people: null };
  }

  /** Names come along when a conversation appears, so that nobody sees a bare id. */
  private async withPeople(delta: Delta, ids: readonly string[]): Promise<Delta> {
    const people = await this.directory.people(ids.map((id) => asId<UserId>(id)));
    return { ...delta, people: JSON.stringify(people.map(personView)) };
  }
}

const resolve = (audience: Audience, state: ConversationState | null): readonly string[] => {
  if (audience.kind === 'person') return [audience.userId];
  return state ? audienceOf(state, audience.sequence) : [];
};
