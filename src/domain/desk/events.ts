import type { ConversationId, UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Message } from '../kernel/message.js';

/** The owner opened a conversation in a tab. */
export type TabOpened = Message<
  'TabOpened',
  { readonly owner: UserId; readonly conversationId: ConversationId; readonly openedAt: Instant }
>;

/** The owner closed the tab; messages after `upTo` open a direct conversation's tab again. */
export type TabClosed = Message<
  'TabClosed',
  { readonly owner: UserId; readonly conversationId: ConversationId; readonly upTo: number }
>;

/** The owner has read everything up to and including this sequence. Never moves back. */
export type ReadMarkerMoved = Message<
  'ReadMarkerMoved',
  { readonly owner: UserId; readonly conversationId: ConversationId; readonly sequence: number }
>;

export type DeskEvent = TabOpened | TabClosed | ReadMarkerMoved;
