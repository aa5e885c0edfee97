import type { UserId } from '../kernel/ids.js';

/** A stay in a conversation: messages with `joinedAt < sequence <= leftAt` were said in one's presence. */
export interface Span {
  readonly joinedAt: number;
  readonly leftAt: number | null;
}

/** Only what decides: who takes part since which sequence, and the last sequence given out. Never texts. */
export type ConversationState =
  | { readonly kind: 'unstarted' }
  | {
      readonly kind: 'direct';
      readonly spans: Readonly<Record<UserId, readonly Span[]>>;
      readonly lastSequence: number;
    };

export const initialState: ConversationState = Object.freeze({ kind: 'unstarted' });

/** Whether the user may read and post now. */
export const isParticipant = (state: ConversationState, user: UserId): boolean =>
  state.kind !== 'unstarted' &&
  Object.hasOwn(state.spans, user) &&
  (state.spans[user]?.some((span) => span.leftAt === null) ?? false);
