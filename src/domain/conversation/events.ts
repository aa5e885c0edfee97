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

/** A group exists; whoever started it takes part, the others are invited. It has notice 1 (who was invited) and 2 (who joined). */
export type GroupConversationStarted = Message<
  'GroupConversationStarted',
  {
    readonly conversationId: ConversationId;
    readonly startedBy: UserId;
    readonly invited: readonly UserId[];
    readonly title: Erasable<string> | null;
    readonly startedAt: Instant;
  }
>;

/**
 * Where something that is no message stands in its conversation: after the message `sequence`, as the notice of this number. Notices are
 * numbered without gaps per conversation, from 1, and apart from messages: they are never unread.
 */
interface Noticed {
  readonly sequence: number;
  readonly notice: number;
}

/** A participant invited people. Each may join once. */
export type ParticipantsInvited = Message<
  'ParticipantsInvited',
  Noticed & {
    readonly conversationId: ConversationId;
    readonly users: readonly UserId[];
    /** Whom the inviter named as well: they took part, or were invited already. */
    readonly passedOver: readonly UserId[];
    readonly invitedBy: UserId;
    /** Some of those who took part then, for the invitation to name: at most ten, whoever invites not among them. */
    readonly participants: readonly UserId[];
    readonly invitedAt: Instant;
  }
>;

/** Whoever invited took the invitation back; once they left, any participant may. */
export type InvitationWithdrawn = Message<
  'InvitationWithdrawn',
  Noticed & {
    readonly conversationId: ConversationId;
    readonly user: UserId;
    readonly invitedBy: UserId;
    readonly withdrawnBy: UserId;
    readonly withdrawnAt: Instant;
  }
>;

/** The invited person said no; only whoever invited them is told. */
export type InvitationDeclined = Message<
  'InvitationDeclined',
  Noticed & {
    readonly conversationId: ConversationId;
    readonly user: UserId;
    readonly invitedBy: UserId;
    readonly declinedAt: Instant;
  }
>;

/** An invited person takes part, and sees the messages after `sequence`. */
export type ParticipantJoined = Message<
  'ParticipantJoined',
  Noticed & {
    readonly conversationId: ConversationId;
    readonly user: UserId;
    readonly invitedBy: UserId;
    readonly joinedAt: Instant;
  }
>;

/** A participant left; the message `sequence` is the last that they saw. */
export type ParticipantLeft = Message<
  'ParticipantLeft',
  Noticed & { readonly conversationId: ConversationId; readonly user: UserId; readonly leftAt: Instant }
>;

/** The group is called this; `null`: after its participants. */
export type ConversationTitled = Message<
  'ConversationTitled',
  Noticed & {
    readonly conversationId: ConversationId;
    readonly title: Erasable<string> | null;
    readonly titledBy: UserId;
    readonly titledAt: Instant;
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
    /** Sequence of the message that this one answers; `null`: none. The text of that one is not repeated here. */
    readonly replyTo: number | null;
    /** Participants whom the text addresses by name. */
    readonly mentions: readonly UserId[];
    readonly postedAt: Instant;
  }
>;

export type ConversationEvent =
  | DirectConversationStarted
  | GroupConversationStarted
  | ParticipantsInvited
  | InvitationWithdrawn
  | InvitationDeclined
  | ParticipantJoined
  | ParticipantLeft
  | ConversationTitled
  | MessagePosted;
