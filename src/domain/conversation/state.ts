import type { UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';

/**
 * A stay in a conversation: messages with `joinedAt < sequence <= leftAt` were said in one's presence, and notices from `firstNotice` (one's own
 * joining) to `lastNotice` (one's own leaving) happened in it.
 */
export interface Span {
  readonly joinedAt: number;
  readonly leftAt: number | null;
  readonly firstNotice: number;
  readonly lastNotice: number | null;
}

/** An open invitation. */
export interface Invitation {
  readonly invitedBy: UserId;
}

/** Only what decides, and the head that every participant sees. Never texts of messages. */
export type ConversationState =
  | { readonly kind: 'unstarted' }
  | {
      readonly kind: 'direct' | 'group';
      readonly startedAt: Instant;
      readonly title: string | null;
      readonly spans: Readonly<Record<UserId, readonly Span[]>>;
      /** How many take part now. */
      readonly present: number;
      readonly invitations: Readonly<Record<UserId, Invitation>>;
      readonly lastSequence: number;
      readonly lastNotice: number;
      readonly lastPostedAt: Instant | null;
    };

export type StartedConversation = Exclude<ConversationState, { kind: 'unstarted' }>;

export const initialState: ConversationState = Object.freeze({ kind: 'unstarted' });

/** Whether the user may read and post now. */
export const isParticipant = (state: ConversationState, user: UserId): boolean =>
  state.kind !== 'unstarted' && Object.hasOwn(state.spans, user) && state.spans[user]?.at(-1)?.leftAt === null;

/** Everybody who takes part now, in the order in which they came; who came again, came last. */
export const participantsOf = (state: ConversationState): readonly UserId[] =>
  state.kind === 'unstarted'
    ? []
    : (Object.keys(state.spans) as UserId[])
        .filter((user) => isParticipant(state, user))
        .sort((one, other) => cameAt(state, one) - cameAt(state, other));

const cameAt = (state: StartedConversation, user: UserId): number => state.spans[user]?.at(-1)?.firstNotice ?? 0;

export const invitationOf = (state: ConversationState, user: UserId): Invitation | null =>
  state.kind !== 'unstarted' && Object.hasOwn(state.invitations, user) ? (state.invitations[user] ?? null) : null;
