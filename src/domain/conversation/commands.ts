import type { ConversationId, MessageId, UserId } from '../kernel/ids.js';
import type { Message } from '../kernel/message.js';

/** Start the private conversation with one other person; a second start changes nothing. */
export type StartDirectConversation = Message<
  'StartDirectConversation',
  { readonly conversationId: ConversationId; readonly with: UserId }
>;

export type PostMessage = Message<
  'PostMessage',
  { readonly conversationId: ConversationId; readonly messageId: MessageId; readonly text: string }
>;

export type ConversationCommand = StartDirectConversation | PostMessage;
