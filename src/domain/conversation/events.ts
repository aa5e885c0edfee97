import type { ConversationId, MessageId, UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Erasable, Message } from '../kernel/message.js';

/** Two people have a private conversation; both are participants from sequence 0 on. */
export type DirectConversationStarted = Message<
  'DirectConversationStarted',
  {
    readonly conversationId: ConversationId;
    readonly startedBy: UserId;
    /** Both people, the one who started first. */
    readonly participants: readonly [UserId, UserId];
    readonly startedAt: Instant;
  }
>;

/** A participant said something. Sequences are gapless per conversation and start at 1. */
export type MessagePosted = Message<
  'MessagePosted',
  {
    readonly conversationId: ConversationId;
    readonly messageId: MessageId;
    readonly sequence: number;
    readonly author: UserId;
    readonly text: Erasable<string>;
    readonly postedAt: Instant;
  }
>;

export type ConversationEvent = DirectConversationStarted | MessagePosted;
