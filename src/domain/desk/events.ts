import type { ConversationId, UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Message } from '../kernel/message.js';
import type { Schedule } from './state.js';

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

/** The owner has read everything up to and including this sequence. Never moves back. `shared`: others may be told. */
export type ReadMarkerMoved = Message<
  'ReadMarkerMoved',
  {
    readonly owner: UserId;
    readonly conversationId: ConversationId;
    readonly sequence: number;
    readonly shared: boolean;
  }
>;

/** What comes in there no longer calls the owner, unless they are mentioned. */
export type ConversationMuted = Message<
  'ConversationMuted',
  { readonly owner: UserId; readonly conversationId: ConversationId; readonly mutedAt: Instant }
>;

export type ConversationUnmuted = Message<
  'ConversationUnmuted',
  { readonly owner: UserId; readonly conversationId: ConversationId; readonly unmutedAt: Instant }
>;

/* Each of these says all that the owner chose for everywhere, so that it makes the whole document of it. */

/** Others no longer see how far the owner has read, nor the owner of others. */
export type ReadingHidden = Message<
  'ReadingHidden',
  { readonly owner: UserId; readonly hiddenAt: Instant; readonly schedule: Schedule | null }
>;

/** Others see again how far the owner has read, and the owner of others. */
export type ReadingShared = Message<
  'ReadingShared',
  { readonly owner: UserId; readonly sharedAt: Instant; readonly schedule: Schedule | null }
>;

/** The owner said when they are shown as Away or Busy; `null`: no longer at any time. */
export type ScheduleSet = Message<
  'ScheduleSet',
  {
    readonly owner: UserId;
    readonly schedule: Schedule | null;
    readonly setAt: Instant;
    readonly sharesReading: boolean;
  }
>;

export type DeskEvent =
  | TabOpened
  | TabClosed
  | ReadMarkerMoved
  | ConversationMuted
  | ConversationUnmuted
  | ReadingHidden
  | ReadingShared
  | ScheduleSet;
