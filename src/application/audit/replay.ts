import {
  conversation,
  type ConversationEvent,
  type ConversationState,
  type Span,
} from '../../domain/conversation/index.js';
import { asId, type ConversationId, type UserId } from '../../domain/kernel/ids.js';
import { asInstant, type Instant } from '../../domain/kernel/instant.js';
import { applyChange } from '../../projections/runtime/change.js';
import { changesOf, type Projection } from '../../projections/runtime/projection.js';
import type { MessageDocument } from '../../projections/transcript/transcript.model.js';
import { transcript } from '../../projections/transcript/transcript.projection.js';
import { streamId, type EventLog, type Position, type RecordedEvent } from '../ports/event-log.js';
import { spansOf, visible } from '../visibility/visible.js';

/** The end of what is replayed: up to and including a position, or every event before the first one that happened after an instant. */
export type AsOf = { readonly position: Position } | { readonly instant: Instant };

export interface Replayed {
  readonly conversationId: ConversationId;
  readonly kind: ConversationState['kind'];
  /** Of the last event that was replayed; 0 when there was none. */
  readonly position: Position;
  readonly at: Instant | null;
  readonly events: number;
  readonly participants: readonly { readonly userId: UserId; readonly spans: readonly Span[] }[];
  /** Whose view it is; `null`: the whole conversation. */
  readonly seenBy: UserId | null;
  /** In order of sequence: all, or those that this person could see then. */
  readonly messages: readonly MessageDocument[];
  /** Messages that there were, seen or not. */
  readonly messagesInAll: number;
}

/** When each event happened, as its author's server said. */
const HAPPENED: {
  readonly [T in ConversationEvent['type']]: (event: Extract<ConversationEvent, { type: T }>) => Instant;
} = {
  DirectConversationStarted: ({ data }) => data.startedAt,
  MessagePosted: ({ data }) => data.postedAt,
};

const happened = (event: ConversationEvent): Instant =>
  (HAPPENED[event.type] as (e: ConversationEvent) => Instant)(event);

const isAfter = (asOf: AsOf, { position, event }: RecordedEvent): boolean =>
  'position' in asOf ? position > asOf.position : happened(event as ConversationEvent) > asOf.instant;

/**
 * A conversation as it was, folded from the log with the very functions that production runs: `evolve` for who took part, the transcript's table
 * for what was said, `visible` for who could see it. The same log always gives the same answer.
 */
export const replay = async (
  log: EventLog,
  conversationId: string,
  asOf: AsOf | null,
  seenBy: UserId | null,
): Promise<Replayed> => {
  let state = conversation.initialState;
  let position = 0;
  let at: Instant | null = null;
  let events = 0;
  const documents = new Map<string, object | null>();
  for await (const recorded of log.read(streamId('conversation', conversationId))) {
    if (asOf !== null && isAfter(asOf, recorded)) break;
    const event = recorded.event as ConversationEvent;
    state = conversation.evolve(state, event);
    position = recorded.position;
    at = asInstant(happened(event));
    events++;
    for (const change of changesOf(transcript as unknown as Projection, recorded))
      documents.set(change.key, applyChange(documents.get(change.key) ?? null, change));
  }
  const all = [...documents.values()].filter((doc) => doc !== null) as MessageDocument[];
  all.sort((one, other) => one.sequence - other.sequence);
  const spans = seenBy === null ? null : spansOf(state, seenBy);
  return {
    conversationId: asId<ConversationId>(conversationId),
    kind: state.kind,
    position,
    at,
    events,
    participants:
      state.kind === 'unstarted'
        ? []
        : Object.entries(state.spans).map(([userId, stays]) => ({ userId: asId<UserId>(userId), spans: stays })),
    seenBy,
    messages: spans === null ? all : all.filter(({ sequence }) => visible(spans, sequence)),
    messagesInAll: all.length,
  };
};
