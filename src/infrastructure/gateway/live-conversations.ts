import type { ActorSystem } from '../../application/actors/actor-system.js';
import type { EventLog, Position, RecordedEvent } from '../../application/ports/event-log.js';
import { placeVisible, spansOf, type Place } from '../../domain/conversation/index.js';
import {
  conversation,
  participantsOf,
  type ConversationEvent,
  type ConversationState,
} from '../../domain/conversation/index.js';
import type { UserId } from '../../domain/kernel/ids.js';

/** A conversation in which something happens, as of the followed position. */
export class Followed {
  /** Position of the newest event of one of its messages: corrected, retracted, reacted to. */
  changedAt: Position = 0;
  private everyone: ReadonlySet<string> | null = null;
  /** The last place at which one of those who take part now joined. */
  private joined: Place = { sequence: 0, notice: 0 };

  constructor(
    private current: ConversationState,
    public revision: number,
  ) {}

  get state(): ConversationState {
    return this.current;
  }

  evolve(recorded: RecordedEvent): void {
    if (recorded.revision <= this.revision) return;
    const before = this.current;
    this.current = conversation.evolve(before, recorded.event as ConversationEvent);
    this.revision = recorded.revision;
    const [was, is] = [before, this.current].map((state) => (state.kind === 'unstarted' ? null : state.spans));
    if (was !== is) this.everyone = null;
  }

  /** Participants of now who may see that place; `null`: something that all participants of now see. */
  audience(place: Place | null): ReadonlySet<string> {
    const everyone = this.participants();
    // Nearly always: everybody was there already.
    if (place === null || place.sequence > this.joined.sequence) return everyone;
    return new Set([...everyone].filter((user) => placeVisible(spansOf(this.current, user as UserId), place)));
  }

  private participants(): ReadonlySet<string> {
    if (this.everyone) return this.everyone;
    const users = participantsOf(this.current);
    const starts = users.flatMap((user) => spansOf(this.current, user).at(-1)?.joinedAt ?? []);
    this.joined = { sequence: Math.max(0, ...starts), notice: 0 };
    this.everyone = new Set(users);
    return this.everyone;
  }
}

/** Who takes part in the conversations that something happens in. Bounded; the longest unused go first. */
export class LiveConversations {
  private readonly known = new Map<string, Followed>();
  /** Greatest `changedAt` of those that are no longer kept in mind. */
  private forgottenAt: Position = 0;

  constructor(
    private readonly actors: ActorSystem,
    private readonly log: EventLog,
    private readonly most: number,
  ) {}

  /** What happened before may have been told by an earlier process, or another node. */
  startAt(position: Position): void {
    this.forgottenAt = position;
  }

  /** Position of the newest event of one of the conversation's messages, or later. */
  changedAt(conversationId: string): Position {
    return this.known.get(conversationId)?.changedAt ?? this.forgottenAt;
  }

  /** Takes in one followed event of the conversation itself. Asynchronous only for a conversation that is not known yet. */
  apply(conversationId: string, recorded: RecordedEvent): Followed | Promise<Followed> {
    const followed = this.use(conversationId);
    if (!followed) return this.load(conversationId, recorded);
    followed.evolve(recorded);
    return followed;
  }

  /** The conversation that an event of another stream concerns. Asynchronous only for one that is not known yet. */
  concerned(conversationId: string): Followed | Promise<Followed> {
    return this.use(conversationId) ?? this.load(conversationId, null);
  }

  private use(conversationId: string): Followed | undefined {
    const followed = this.known.get(conversationId);
    if (!followed) return undefined;
    this.known.delete(conversationId);
    this.known.set(conversationId, followed);
    return followed;
  }

  /** The cell may be ahead of the follower: spans go by place, so a later state answers for an earlier message as well. */
  private async load(conversationId: string, recorded: RecordedEvent | null): Promise<Followed> {
    const { state, revision } = await this.actors.state('conversation', conversationId);
    const followed = new Followed(state, revision);
    // This node's cell can be behind when another node writes: the rest is in the log.
    if (recorded && recorded.revision > revision)
      for await (const missed of this.log.read(recorded.stream, revision)) {
        if (missed.revision > recorded.revision) break;
        followed.evolve(missed);
      }
    followed.changedAt = this.forgottenAt;
    this.known.set(conversationId, followed);
    if (this.known.size > this.most) this.forgetOldest();
    return followed;
  }

  private forgetOldest(): void {
    for (const [id, { changedAt }] of this.known) {
      this.known.delete(id);
      this.forgottenAt = Math.max(this.forgottenAt, changedAt);
      return;
    }
  }
}
