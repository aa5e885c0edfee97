import type { ConversationId, UserId } from '../kernel/ids.js';
import type { Message } from '../kernel/message.js';

/** Which message, as its conversation knows it. Whether the principal may see it is asked of the conversation, before. */
interface Concerns {
  readonly conversationId: ConversationId;
  readonly sequence: number;
}

/** `author`: who posted the message, as the conversation's log says; that never changes. */
export type CorrectMessage = Message<'CorrectMessage', Concerns & { readonly author: UserId; readonly text: string }>;
/** `mentions`: whom the message mentions, as the conversation's log says. */
export type RetractMessage = Message<
  'RetractMessage',
  Concerns & { readonly author: UserId; readonly mentions: readonly UserId[] }
>;
export type AddReaction = Message<'AddReaction', Concerns & { readonly reaction: string }>;
export type RemoveReaction = Message<'RemoveReaction', Concerns & { readonly reaction: string }>;

export type MessageCommand = CorrectMessage | RetractMessage | AddReaction | RemoveReaction;
