import type { UserId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';

/** What the owner asked of one person. `removed` stays, so that later requests have greater numbers. */
export interface Asked {
  readonly state: 'asked' | 'accepted' | 'removed';
  /** The newest request. */
  readonly request: number;
  /** Requests up to this one were ended by taking the star away. */
  readonly ended: number;
  readonly askedAt: Instant;
}

/** What one person asked of the owner. Those who are `accepted` are the owner's watchers. */
export interface Received {
  readonly state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'revoked' | 'left';
  readonly request: number;
}

export interface RosterState {
  readonly asked: Readonly<Record<UserId, Asked>>;
  readonly received: Readonly<Record<UserId, Received>>;
}

export const initialState: RosterState = Object.freeze({ asked: Object.freeze({}), received: Object.freeze({}) });

/** Whether that person may see the owner's presence. The one rule of consent. */
export const isWatcher = (state: RosterState, user: UserId): boolean => state.received[user]?.state === 'accepted';

/** Whether the star is on, accepted or not. */
export const isFavorite = (state: RosterState, user: UserId): boolean => {
  const asked = state.asked[user];
  return asked !== undefined && asked.state !== 'removed';
};

/** Whether the owner has that person among the favorites, and was told that they accepted. */
export const isAcceptedFavorite = (state: RosterState, user: UserId): boolean =>
  state.asked[user]?.state === 'accepted';

/** Whom the owner may hope to see, that is whose presence is pushed to the owner if they allow it. */
export const acceptedFavorites = (state: RosterState): readonly UserId[] =>
  (Object.keys(state.asked) as UserId[]).filter((user) => isAcceptedFavorite(state, user));
