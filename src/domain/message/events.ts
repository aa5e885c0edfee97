import type { ConversationId, UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Erasable, Message } from '../kernel/message.js';

/** The message, named by its conversation and its sequence there. */
interface Concerns {
  readonly conversationId: ConversationId;
  readonly sequence: number;
}

/** The author replaced the text. The log keeps every version, and everybody sees that it happened. */
export type MessageCorrected = Message<
  'MessageCorrected',
  Concerns & {
    readonly author: UserId;
    readonly text: Erasable<string>;
    /** 1 for the first correction of the message. */
    readonly correction: number;
    readonly correctedAt: Instant;
  }
>;

/** The author withdrew the message: nobody is shown its text any more. The log keeps it. */
export type MessageRetracted = Message<
  'MessageRetracted',
  Concerns & {
    readonly author: UserId;
    /** Whom it had mentioned: that no longer calls them. */
    readonly mentions: readonly UserId[];
    readonly retractedAt: Instant;
  }
>;

export type ReactionAdded = Message<
  'ReactionAdded',
  Concerns & { readonly user: UserId; readonly reaction: string; readonly addedAt: Instant }
>;

export type ReactionRemoved = Message<
  'ReactionRemoved',
  Concerns & { readonly user: UserId; readonly reaction: string; readonly removedAt: Instant }
>;

export type MessageEvent = MessageCorrected | MessageRetracted | ReactionAdded | ReactionRemoved;
