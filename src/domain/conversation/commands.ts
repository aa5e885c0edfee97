import type { ConversationId, MessageId, UserId } from '../kernel/ids.js';
import type { Message } from '../kernel/message.js';

/** Start the private conversation with one other person; a second start changes nothing. */
export type StartDirectConversation = Message<
  'StartDirectConversation',
  { readonly conversationId: ConversationId; readonly with: UserId }
>;

/** Start a group: whoever starts it takes part at once, the others are invited. */
export type StartGroupConversation = Message<
  'StartGroupConversation',
  { readonly conversationId: ConversationId; readonly invited: readonly UserId[]; readonly title: string | null }
>;

/** Who takes part, or is invited already, is passed over. */
export type InviteParticipants = Message<
  'InviteParticipants',
  { readonly conversationId: ConversationId; readonly users: readonly UserId[] }
>;

export type WithdrawInvitation = Message<
  'WithdrawInvitation',
  { readonly conversationId: ConversationId; readonly user: UserId }
>;

export type JoinConversation = Message<'JoinConversation', { readonly conversationId: ConversationId }>;
export type DeclineInvitation = Message<'DeclineInvitation', { readonly conversationId: ConversationId }>;
export type LeaveConversation = Message<'LeaveConversation', { readonly conversationId: ConversationId }>;

/** `null`: no title of its own; the group is called after its participants. */
export type TitleConversation = Message<
  'TitleConversation',
  { readonly conversationId: ConversationId; readonly title: string | null }
>;

export type PostMessage = Message<
  'PostMessage',
  {
    readonly conversationId: ConversationId;
    readonly messageId: MessageId;
    readonly text: string;
    /** Sequence of the message that this one answers; `null`: none. */
    readonly replyTo: number | null;
    readonly mentions: readonly UserId[];
  }
>;

export type ConversationCommand =
  | StartDirectConversation
  | StartGroupConversation
  | InviteParticipants
  | WithdrawInvitation
  | JoinConversation
  | DeclineInvitation
  | LeaveConversation
  | TitleConversation
  | PostMessage;
