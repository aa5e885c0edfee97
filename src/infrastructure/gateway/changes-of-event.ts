import { categoryOf, type RecordedEvent } from '../../application/ports/event-log.js';
import type { ConversationView, MarkView, ViewChange } from '../../application/protocol/index.js';
import { marksAreShown } from '../../application/visibility/marks.js';
import { participantsOf, type ConversationEvent, type ConversationState } from '../../domain/conversation/index.js';
import type { DeskEvent, ReadMarkerMoved } from '../../domain/desk/index.js';
import type { RosterEvent } from '../../domain/roster/index.js';
import { PROJECTIONS, type ProjectionName } from '../../projections/index.js';
import { changesOf } from '../../projections/runtime/projection.js';
import type { DeltaPart } from './delta-ring.js';
import type { Followed } from './live-conversations.js';
import type { LiveReading } from './live-reading.js';
import { PUSHED_VIEWS, type Audience } from './pushed-views.js';

const NOBODY: ReadonlySet<string> = new Set();

/** What the read models' own tables say, each change with the people who get it. */
export const projectedParts = (recorded: RecordedEvent, followed: Followed | null): DeltaPart[] => {
  const parts: DeltaPart[] = [];
  for (const table of PROJECTIONS) {
    const router = PUSHED_VIEWS[table.name as ProjectionName];
    if (router === 'not-pushed' || !table.categories.includes(categoryOf(recorded.stream))) continue;
    for (const change of changesOf(table, recorded)) {
      const { view, key, audience } = router(change);
      parts.push({ audience: resolve(audience, followed), body: JSON.stringify({ view, ...change, key }) });
    }
  }
  return parts;
};

const resolve = (audience: Audience, followed: Followed | null): ReadonlySet<string> => {
  if (audience.kind === 'person')
    return audience.taking ? among(followed, audience.userId) : new Set([audience.userId]);
  const seeing = followed?.audience(audience.place) ?? NOBODY;
  const { onlyFor } = audience;
  return onlyFor === null ? seeing : seeing.has(onlyFor) ? new Set([onlyFor]) : NOBODY;
};

const among = (followed: Followed | null, userId: string): ReadonlySet<string> =>
  followed?.audience(null).has(userId) ? new Set([userId]) : NOBODY;

/** Whoever joins gets the head that the others have already; whoever leaves loses it. */
export const membershipParts = ({ event }: RecordedEvent, followed: Followed | null): DeltaPart[] => {
  const { type, data } = event as ConversationEvent;
  if (type !== 'ParticipantJoined' && type !== 'ParticipantLeft') return [];
  const key = data.conversationId;
  if (type === 'ParticipantLeft') return [part(new Set([data.user]), { view: 'conversation', op: 'remove', key })];
  // The state may be ahead: whoever left again meanwhile is told nothing.
  const head = followed?.audience(null).has(data.user) ? headOf(key, followed.state) : null;
  return head ? [part(new Set([data.user]), { view: 'conversation', op: 'put', key, doc: head })] : [];
};

const part = (audience: ReadonlySet<string>, change: ViewChange): DeltaPart => ({
  audience,
  body: JSON.stringify(change),
});

const headOf = (id: string, state: ConversationState | undefined): ConversationView | null => {
  if (!state || state.kind === 'unstarted') return null;
  const { kind, title, startedAt, lastSequence, lastPostedAt } = state;
  return { id, kind, participants: participantsOf(state), title, startedAt, lastSequence, lastPostedAt };
};

/** Whoever is told how far the person has read, if anybody is: see `ReadMarkerMoved.shared`. */
export const markReaders = (recorded: RecordedEvent, followed: Followed | null): readonly string[] => {
  const moved = sharedMove(recorded);
  if (!moved || !followed || followed.state.kind === 'unstarted' || !marksAreShown(followed.state)) return [];
  const everyone = followed.audience(null);
  return everyone.has(moved.owner) ? [...everyone].filter((user) => user !== moved.owner) : [];
};

export const sharedMove = ({ event }: RecordedEvent): ReadMarkerMoved['data'] | null => {
  const { type, data } = event as DeskEvent;
  return type === 'ReadMarkerMoved' && data.shared ? data : null;
};

export const markParts = (recorded: RecordedEvent, readers: readonly string[], reading: LiveReading): DeltaPart[] => {
  const moved = sharedMove(recorded);
  const sharing = readers.filter((user) => reading.shares(user));
  if (!moved || sharing.length === 0) return [];
  const doc: MarkView = { conversationId: moved.conversationId, user: moved.owner, sequence: moved.sequence };
  const key = `${doc.conversationId}/${doc.user}`;
  return [part(new Set(sharing), { view: 'mark', op: 'put', key, doc })];
};

/** Names beyond these are asked for by whoever needs them. */
const NAMED_MOST = 11;

type NamingEvent = ConversationEvent | RosterEvent;

const NAMED: {
  readonly [T in NamingEvent['type']]?: (event: Extract<NamingEvent, { type: T }>) => readonly string[];
} = {
  DirectConversationStarted: ({ data }) => data.participants,
  GroupConversationStarted: ({ data }) => [data.startedBy, ...data.invited.slice(0, NAMED_MOST)],
  ParticipantsInvited: ({ data }) => [data.invitedBy, ...data.users.slice(0, NAMED_MOST), ...data.participants],
  ParticipantJoined: ({ data }) => [data.user],
  FavoriteRequested: ({ data }) => [data.user],
  RequestReceived: ({ data }) => [data.from],
  RequestAccepted: ({ data }) => [data.from],
};

/** People whose names come along, so that nobody sees a bare id where a conversation, an invitation or a request appears. */
export const namedIn = ({ event }: RecordedEvent): readonly string[] => {
  const names = NAMED[event.type as NamingEvent['type']] as ((e: NamingEvent) => readonly string[]) | undefined;
  return names?.(event as NamingEvent) ?? [];
};
