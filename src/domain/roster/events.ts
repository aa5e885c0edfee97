import type { UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { Message } from '../kernel/message.js';

/* The owner as the one who asks. `request` counts what the owner asked of that person, from 1. */

/**
 * The owner asks to see the person's presence. `inReturn`: while accepting that person's own request. `state`: what the favorite is from then on;
 * asking once more somebody who accepted takes nothing away.
 */
export type FavoriteRequested = Message<
  'FavoriteRequested',
  {
    readonly owner: UserId;
    readonly user: UserId;
    readonly request: number;
    readonly inReturn: boolean;
    readonly state: 'asked' | 'accepted';
    readonly askedAt: Instant;
  }
>;

/** The person accepted: the owner sees their presence. */
export type FavoriteAccepted = Message<
  'FavoriteAccepted',
  { readonly owner: UserId; readonly user: UserId; readonly request: number; readonly acceptedAt: Instant }
>;

/** The owner took the star away; `request` is the last one that this ends. */
export type FavoriteRemoved = Message<
  'FavoriteRemoved',
  { readonly owner: UserId; readonly user: UserId; readonly request: number; readonly removedAt: Instant }
>;

/* The owner as the one who is asked. `request` counts what that person asked of the owner. */

/** Somebody asks to see the owner's presence. */
export type RequestReceived = Message<
  'RequestReceived',
  {
    readonly owner: UserId;
    readonly from: UserId;
    readonly request: number;
    readonly askedAt: Instant;
    readonly receivedAt: Instant;
  }
>;

/**
 * From now on that person sees the owner's presence. `how`: the owner's own answer; `in-return`: the owner had asked them first; `standing`:
 * they were allowed already.
 */
export type RequestAccepted = Message<
  'RequestAccepted',
  {
    readonly owner: UserId;
    readonly from: UserId;
    readonly request: number;
    readonly how: 'answer' | 'in-return' | 'standing';
    readonly acceptedAt: Instant;
  }
>;

/** The owner said no; the asker is not told. */
export type RequestDeclined = Message<
  'RequestDeclined',
  { readonly owner: UserId; readonly from: UserId; readonly request: number; readonly declinedAt: Instant }
>;

/** Whoever had asked does not want it any more, before the owner answered. */
export type RequestWithdrawn = Message<
  'RequestWithdrawn',
  { readonly owner: UserId; readonly from: UserId; readonly request: number; readonly withdrawnAt: Instant }
>;

/** The owner no longer allows it; the watcher is not told. */
export type WatcherRevoked = Message<
  'WatcherRevoked',
  { readonly owner: UserId; readonly user: UserId; readonly request: number; readonly revokedAt: Instant }
>;

/** A watcher took the star away. */
export type WatcherLeft = Message<
  'WatcherLeft',
  { readonly owner: UserId; readonly user: UserId; readonly request: number; readonly leftAt: Instant }
>;

export type RosterEvent =
  | FavoriteRequested
  | FavoriteAccepted
  | FavoriteRemoved
  | RequestReceived
  | RequestAccepted
  | RequestDeclined
  | RequestWithdrawn
  | WatcherRevoked
  | WatcherLeft;
