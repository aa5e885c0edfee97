import { isParticipant, type ConversationState, type Span } from '../../domain/conversation/index.js';
import type { UserId } from '../../domain/kernel/ids.js';

/**
 * The one rule of who may see which message: by sequence and span of membership, never by clock. Page, push, resume, search, preview, unread,
 * mail and replay all ask here.
 */
export const visible = (spans: readonly Span[] | undefined, sequence: number): boolean =>
  spans?.some(({ joinedAt, leftAt }) => joinedAt < sequence && (leftAt === null || sequence <= leftAt)) ?? false;

/** What a person may see of a conversation now: their spans; none for whoever is not (or no longer) a participant. */
export const spansOf = (state: ConversationState, user: UserId): readonly Span[] =>
  state.kind !== 'unstarted' && isParticipant(state, user) ? (state.spans[user] ?? []) : [];
