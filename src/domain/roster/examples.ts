import { asId, type UserId } from '../kernel/ids.js';
import { asInstant } from '../kernel/instant.js';
import type {
  FavoriteAccepted,
  FavoriteRemoved,
  FavoriteRequested,
  RequestAccepted,
  RequestDeclined,
  RequestReceived,
  RequestWithdrawn,
  WatcherLeft,
  WatcherRevoked,
} from './events.js';

const owner = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
const smith = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a02');
const magnum = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a03');
const at = (seconds: number) => asInstant(1_700_000_600_000 + seconds * 1_000);

export const favoriteRequested: FavoriteRequested = {
  type: 'FavoriteRequested',
  data: { owner, user: smith, request: 1, inReturn: false, state: 'asked', askedAt: at(0) },
};
export const favoriteAccepted: FavoriteAccepted = {
  type: 'FavoriteAccepted',
  data: { owner, user: smith, request: 1, acceptedAt: at(10) },
};
export const favoriteRemoved: FavoriteRemoved = {
  type: 'FavoriteRemoved',
  data: { owner, user: smith, request: 1, removedAt: at(20) },
};
export const requestReceived: RequestReceived = {
  type: 'RequestReceived',
  data: { owner, from: magnum, request: 1, askedAt: at(30), receivedAt: at(31) },
};
export const requestAccepted: RequestAccepted = {
  type: 'RequestAccepted',
  data: { owner, from: magnum, request: 1, how: 'answer', acceptedAt: at(40) },
};
export const requestDeclined: RequestDeclined = {
  type: 'RequestDeclined',
  data: { owner, from: magnum, request: 1, declinedAt: at(40) },
};
export const requestWithdrawn: RequestWithdrawn = {
  type: 'RequestWithdrawn',
  data: { owner, from: magnum, request: 1, withdrawnAt: at(40) },
};
export const watcherRevoked: WatcherRevoked = {
  type: 'WatcherRevoked',
  data: { owner, user: magnum, request: 1, revokedAt: at(50) },
};
export const watcherLeft: WatcherLeft = {
  type: 'WatcherLeft',
  data: { owner, user: magnum, request: 1, leftAt: at(50) },
};
