import type { SessionId, UserId } from '../kernel/ids.js';
import type { Message } from '../kernel/message.js';

export type RegisterAccount = Message<
  'RegisterAccount',
  { readonly userId: UserId; readonly login: string; readonly displayName: string; readonly email: string }
>;
export type DisableAccount = Message<'DisableAccount', { readonly userId: UserId }>;
export type EnableAccount = Message<'EnableAccount', { readonly userId: UserId }>;
export type RecordPasswordChange = Message<'RecordPasswordChange', { readonly userId: UserId }>;
export type EndSession = Message<'EndSession', { readonly userId: UserId; readonly sessionId: SessionId }>;

export type AccountCommand = RegisterAccount | DisableAccount | EnableAccount | RecordPasswordChange | EndSession;
