import { unreachable } from '../kernel/decider.js';
import type { UserId } from '../kernel/ids.js';
import type { RosterEvent } from './events.js';
import type { Asked, Received, RosterState } from './state.js';

export const evolve = (state: RosterState, event: RosterEvent): RosterState => {
  const { request } = event.data;
  switch (event.type) {
    case 'FavoriteRequested': {
      const { user, askedAt, state: now } = event.data;
      return withAsked(state, user, { state: now, request, ended: state.asked[user]?.ended ?? 0, askedAt });
    }
    case 'FavoriteAccepted':
      return changeAsked(state, event.data.user, { state: 'accepted' });
    case 'FavoriteRemoved':
      return changeAsked(state, event.data.user, { state: 'removed', ended: request });
    case 'RequestReceived':
      return withReceived(state, event.data.from, { state: 'open', request });
    case 'RequestAccepted':
      return withReceived(state, event.data.from, { state: 'accepted', request });
    case 'RequestDeclined':
      return withReceived(state, event.data.from, { state: 'declined', request });
    case 'RequestWithdrawn':
      return withReceived(state, event.data.from, { state: 'withdrawn', request });
    case 'WatcherRevoked':
      return withReceived(state, event.data.user, { state: 'revoked', request });
    case 'WatcherLeft':
      return withReceived(state, event.data.user, { state: 'left', request });
    default:
      return unreachable(event);
  }
};

const withAsked = (state: RosterState, user: UserId, asked: Asked): RosterState => ({
  ...state,
  asked: { ...state.asked, [user]: asked },
});

const changeAsked = (state: RosterState, user: UserId, change: Partial<Asked>): RosterState => {
  const asked = state.asked[user];
  return asked ? withAsked(state, user, { ...asked, ...change }) : state;
};

const withReceived = (state: RosterState, from: UserId, received: Received): RosterState => ({
  ...state,
  received: { ...state.received, [from]: received },
});
