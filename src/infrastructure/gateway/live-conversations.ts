import type { ActorSystem } from '../../application/actors/actor-system.js';
import type { EventLog, RecordedEvent } from '../../application/ports/event-log.js';
import { spansOf, visible } from '../../application/visibility/visible.js';
import { conversation, type ConversationEvent, type ConversationState } from '../../domain/conversation/index.js';
import { asId, type UserId } from '../../domain/kernel/ids.js';

interface Followed {
  state: ConversationState;
  revision: number;
}

/** Who takes part in the conversations that something happens in, as of the followed position. Bounded; the longest unused go first. */
export class LiveConversations {
  private readonly known = new Map<string, Followed>();

  constructor(
    private readonly actors: ActorSystem,
    private readonly log: EventLog,
    private readonly most: number,
  ) {}

  /** Takes in one followed event, then answers the state. Asynchronous only for a conversation that is not known yet. */
  apply(conversationId: string, recorded: RecordedEvent): ConversationState | Promise<ConversationState> {
    const followed = this.known.get(conversationId);
    if (!followed) return this.load(conversationId, recorded);
    this.known.delete(conversationId);
    this.known.set(conversationId, followed);
    if (recorded.revision > followed.revision) {
      followed.state = conversation.evolve(followed.state, recorded.event as ConversationEvent);
      followed.revision = recorded.revision;
    }
    return followed.state;
  }

  /** The cell may be ahead of the follower: spans go by sequence, so a later state answers for an earlier message as well. */
  private async load(conversationId: string, recorded: RecordedEvent): Promise<ConversationState> {
    const { state, revision } = await this.actors.state('conversation', conversationId);
    const followed: Followed = { state, revision };
    // This node's cell can be behind when another node writes: the rest is in the log.
    if (recorded.revision > revision)
      for await (const missed of this.log.read(recorded.stream, revision)) {
        if (missed.revision > recorded.revision) break;
        followed.state = conversation.evolve(followed.state, missed.event as ConversationEvent);
        followed.revision = missed.revision;
      }
    this.known.set(conversationId, followed);
    if (this.known.size > this.most)
      for (const oldest of this.known.keys()) {
        this.known.delete(oldest);
        break;
      }
    return followed.state;
  }
}

/** Participants of now who may see that sequence; `null`: something that all participants of now see. */
export const audienceOf = (state: ConversationState, sequence: number | null): readonly string[] =>
  state.kind === 'unstarted'
    ? []
    : Object.keys(state.spans).filter((user) => {
        const spans = spansOf(state, asId<UserId>(user));
        return spans.length > 0 && (sequence === null || visible(spans, sequence));
      });
