import {
  conversation,
  type ConversationEvent,
  type ConversationState,
  type MessagePosted,
  type Span,
} from '../../domain/conversation/index.js';
import { messageName, type MessageEvent } from '../../domain/message/index.js';
import { asId, type ConversationId, type UserId } from '../../domain/kernel/ids.js';
import { asInstant, type Instant } from '../../domain/kernel/instant.js';
import { applyChange, type Change } from '../../projections/runtime/change.js';
import { changesOf, type Projection } from '../../projections/runtime/projection.js';
import type { ReactionDocument } from '../../projections/reactions/reactions.model.js';
import { reactions } from '../../projections/reactions/reactions.projection.js';
import {
  isMessage,
  isNotice,
  type MessageDocument,
  type NoticeDocument,
  type TranscriptEntry,
} from '../../projections/transcript/transcript.model.js';
import { transcript } from '../../projections/transcript/transcript.projection.js';
import {
  categoryOf,
  streamId,
  type EventLog,
  type Position,
  type RecordedEvent,
  type StreamCategory,
  type Dropped,
} from '../ports/event-log.js';
import { entryVisible, ofShown } from '../visibility/entries.js';
import { spansOf } from '../../domain/conversation/index.js';
import { droppedOf } from './dropped.js';

/** What a replay is folded from. */
const REPLAYED: readonly StreamCategory[] = ['conversation', 'message'];

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
  /** In order of place, as for the messages. */
  readonly notices: readonly NoticeDocument[];
  readonly reactions: readonly ReactionDocument[];
  /** Messages that there were, seen or not. */
  readonly messagesInAll: number;
  /** What of it may be missing because it is too old; none as long as conversations are kept for ever. */
  readonly dropped: readonly Dropped[];
}

type Replayable = ConversationEvent | MessageEvent;

/** When each event happened, as its author's server said. */
const HAPPENED: { readonly [T in Replayable['type']]: (event: Extract<Replayable, { type: T }>) => Instant } = {
  DirectConversationStarted: ({ data }) => data.startedAt,
  GroupConversationStarted: ({ data }) => data.startedAt,
  ParticipantsInvited: ({ data }) => data.invitedAt,
  InvitationWithdrawn: ({ data }) => data.withdrawnAt,
  InvitationDeclined: ({ data }) => data.declinedAt,
  ParticipantJoined: ({ data }) => data.joinedAt,
  ParticipantLeft: ({ data }) => data.leftAt,
  ConversationTitled: ({ data }) => data.titledAt,
  MessagePosted: ({ data }) => data.postedAt,
  MessageCorrected: ({ data }) => data.correctedAt,
  MessageRetracted: ({ data }) => data.retractedAt,
  ReactionAdded: ({ data }) => data.addedAt,
  ReactionRemoved: ({ data }) => data.removedAt,
};

const happened = (event: Replayable): Instant => (HAPPENED[event.type] as (e: Replayable) => Instant)(event);

const isAfter = (asOf: AsOf, { position, event }: RecordedEvent): boolean =>
  'position' in asOf ? position > asOf.position : happened(event as Replayable) > asOf.instant;

/** Documents of one projection, folded as its stores fold them. */
class Fold<Doc extends object> {
  private readonly documents = new Map<string, Doc | null>();

  constructor(private readonly table: Projection) {}

  add(recorded: RecordedEvent): void {
    if (!(recorded.event.type in this.table.handlers)) return;
    for (const change of changesOf(this.table, recorded) as readonly Change<Doc>[])
      this.documents.set(change.key, applyChange(this.documents.get(change.key) ?? null, change));
  }

  /** In order of key. */
  all(): readonly Doc[] {
    return [...this.documents]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, doc]) => (doc === null ? [] : [doc]));
  }
}

/** What became of the messages is in streams of their own: one short read for each message. */
async function* eventsOf(log: EventLog, conversationId: string, asOf: AsOf | null): AsyncIterable<RecordedEvent> {
  const upTo = (recorded: RecordedEvent): boolean => asOf === null || !isAfter(asOf, recorded);
  let last = 0;
  for await (const recorded of log.read(streamId('conversation', conversationId))) {
    if (!upTo(recorded)) break;
    if (recorded.event.type === 'MessagePosted') last = (recorded.event as MessagePosted).data.sequence;
    yield recorded;
  }
  for (let sequence = 1; sequence <= last; sequence++)
    for await (const recorded of log.read(streamId('message', messageName(conversationId, sequence)))) {
      if (!upTo(recorded)) break;
      yield recorded;
    }
}

/**
 * A conversation as it was, folded from the log with the very functions that production runs: `evolve` for who took part, the tables of transcript
 * and reactions for what was said, `visible` for who could see it. The same log always gives the same answer.
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
  const entries = new Fold<TranscriptEntry>(transcript as unknown as Projection);
  const reacted = new Fold<ReactionDocument>(reactions as unknown as Projection);
  for await (const recorded of eventsOf(log, conversationId, asOf)) {
    if (categoryOf(recorded.stream) === 'conversation')
      state = conversation.evolve(state, recorded.event as ConversationEvent);
    if (recorded.position > position) {
      position = recorded.position;
      at = asInstant(happened(recorded.event as Replayable));
    }
    events++;
    entries.add(recorded);
    reacted.add(recorded);
  }
  const viewer = seenBy === null ? null : { userId: seenBy, spans: spansOf(state, seenBy) };
  const all = entries.all();
  const seen = viewer === null ? all : all.filter((entry) => entryVisible(viewer, entry));
  const messages = seen.filter(isMessage);
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
    messages,
    notices: seen.filter(isNotice),
    reactions: ofShown(reacted.all(), messages),
    messagesInAll: all.filter(isMessage).length,
    dropped: await droppedOf(log, REPLAYED, 0),
  };
};
