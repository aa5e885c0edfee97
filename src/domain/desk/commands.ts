import type { ConversationId } from '../kernel/ids.js';
import type { Message } from '../kernel/message.js';
import type { Schedule } from './state.js';

export type OpenTab = Message<'OpenTab', { readonly conversationId: ConversationId }>;

/** `upTo`: the last sequence that the person can have seen when they closed the tab. */
export type CloseTab = Message<'CloseTab', { readonly conversationId: ConversationId; readonly upTo: number }>;

export type MoveReadMarker = Message<
  'MoveReadMarker',
  { readonly conversationId: ConversationId; readonly sequence: number }
>;

export type MuteConversation = Message<
  'MuteConversation',
  { readonly conversationId: ConversationId; readonly muted: boolean }
>;

/** Whether others see how far one has read; whoever hides it does not see it of others either. */
export type ShareReading = Message<'ShareReading', { readonly shared: boolean }>;

/** `null`: no hours at all. The zone is one that there is. */
export type SetSchedule = Message<'SetSchedule', { readonly schedule: Schedule | null }>;

export type DeskCommand = OpenTab | CloseTab | MoveReadMarker | MuteConversation | ShareReading | SetSchedule;
