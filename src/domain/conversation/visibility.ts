import type { UserId } from '../kernel/ids.js';
import { isParticipant, type ConversationState, type Span } from './state.js';

/** A place in a conversation: a message (notice 0), or a notice after it. Places are ordered by sequence, then by notice. */
export interface Place {
  readonly sequence: number;
  readonly notice: number;
}

/** Both ends are seen. `last` is `null` while the person takes part. */
export interface SeenRange {
  readonly first: Place;
  readonly last: Place | null;
}

/**
 * The one rule of who may see what: by place and span of membership, never by clock. Page, push, resume, search, quotation, reaction,
 * unread, saved text and replay all ask here. A span begins with the notice of joining and ends with the notice of leaving, so that each is one range.
 */
const rangeOf = ({ joinedAt, firstNotice, leftAt, lastNotice }: Span): SeenRange => ({
  first: { sequence: joinedAt, notice: firstNotice },
  last: leftAt === null || lastNotice === null ? null : { sequence: leftAt, notice: lastNotice },
});

export const rangesOf = (spans: readonly Span[]): readonly SeenRange[] => spans.map(rangeOf);

const compare = (one: Place, other: Place): number => one.sequence - other.sequence || one.notice - other.notice;

const inRange = ({ first, last }: SeenRange, place: Place): boolean =>
  compare(first, place) <= 0 && (last === null || compare(place, last) <= 0);

/** Whether the holder of these spans sees what stands at the place. */
export const placeVisible = (spans: readonly Span[], place: Place): boolean =>
  spans.some((span) => inRange(rangeOf(span), place));

/** As `placeVisible`, for the message of that sequence. */
export const visible = (spans: readonly Span[], sequence: number): boolean =>
  placeVisible(spans, { sequence, notice: 0 });

/** Every stay of a person, whether they take part now or not. */
export const staysOf = (state: ConversationState, user: UserId): readonly Span[] =>
  state.kind !== 'unstarted' && Object.hasOwn(state.spans, user) ? (state.spans[user] ?? []) : [];

/** What a person may see of a conversation now: their spans; none for whoever is not (or no longer) a participant. */
export const spansOf = (state: ConversationState, user: UserId): readonly Span[] =>
  isParticipant(state, user) ? staysOf(state, user) : [];
