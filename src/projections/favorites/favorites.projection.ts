import type { RosterEvent } from '../../domain/roster/events.js';
import { projection } from '../runtime/projection.js';
import { favoriteKey, type FavoriteDocument } from './favorites.model.js';

export const favorites = projection<RosterEvent, FavoriteDocument>({
  name: 'favorites',
  categories: ['roster'],
  terms: false,
  handlers: {
    FavoriteRequested: ({ event: { data } }) => [
      {
        op: 'put',
        key: favoriteKey(data.owner, data.user),
        doc: { user: data.user, state: data.state, askedAt: data.askedAt },
      },
    ],
    FavoriteAccepted: ({ event: { data } }) => [
      { op: 'patch', key: favoriteKey(data.owner, data.user), set: { state: 'accepted' } },
    ],
    FavoriteRemoved: ({ event: { data } }) => [{ op: 'remove', key: favoriteKey(data.owner, data.user) }],
    RequestReceived: 'ignore',
    RequestAccepted: 'ignore',
    RequestDeclined: 'ignore',
    RequestWithdrawn: 'ignore',
    WatcherRevoked: 'ignore',
    WatcherLeft: 'ignore',
  },
});
