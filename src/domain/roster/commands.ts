import type { UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Message } from '../kernel/message.js';

/* What the owner of the roster does. */

/** The star. While it is on, asking again changes nothing. */
export type AddFavorite = Message<'AddFavorite', { readonly owner: UserId; readonly user: UserId }>;

/** Asks once more, somebody whom the owner asked before. */
export type ResendRequest = Message<'ResendRequest', { readonly owner: UserId; readonly user: UserId }>;

export type RemoveFavorite = Message<'RemoveFavorite', { readonly owner: UserId; readonly user: UserId }>;

/** `addToo`: the owner marks the asker with the star as well. */
export type AnswerRequest = Message<
  'AnswerRequest',
  { readonly owner: UserId; readonly from: UserId; readonly accept: boolean; readonly addToo: boolean }
>;

export type RevokeWatcher = Message<'RevokeWatcher', { readonly owner: UserId; readonly user: UserId }>;

/* What the other roster of a request makes known here. Late or repeated it changes nothing: `request` counts per pair of people. */

export type ReceiveRequest = Message<
  'ReceiveRequest',
  {
    readonly owner: UserId;
    readonly from: UserId;
    readonly request: number;
    /** The asker answered the owner's own request in the same breath. */
    readonly inReturn: boolean;
    readonly askedAt: Instant;
  }
>;

/** The other person accepted the owner's request. */
export type ConfirmFavorite = Message<
  'ConfirmFavorite',
  { readonly owner: UserId; readonly user: UserId; readonly request: number }
>;

/** The asker no longer wants to see the owner's presence. */
export type WithdrawRequest = Message<
  'WithdrawRequest',
  { readonly owner: UserId; readonly from: UserId; readonly request: number }
>;

export type RosterCommand =
  | AddFavorite
  | ResendRequest
  | RemoveFavorite
  | AnswerRequest
  | RevokeWatcher
  | ReceiveRequest
  | ConfirmFavorite
  | WithdrawRequest;
