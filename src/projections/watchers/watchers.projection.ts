import type { RosterEvent } from '../../domain/roster/events.js';
import { projection } from '../runtime/projection.js';
import { watcherKey, type WatcherDocument } from './watchers.model.js';

export const watchers = projection<RosterEvent, WatcherDocument>({
  name: 'watchers',
  categories: ['roster'],
  terms: false,
  handlers: {
    FavoriteRequested: 'ignore',
    FavoriteAccepted: 'ignore',
    FavoriteRemoved: 'ignore',
    RequestReceived: 'ignore',
    // Whoever asks once more is a watcher already, and stays one since then.
    RequestAccepted: ({ event: { data } }) =>
      data.how === 'standing'
        ? []
        : [
            {
              op: 'put',
              key: watcherKey(data.owner, data.from),
              doc: { user: data.from, since: data.acceptedAt },
            },
          ],
    RequestDeclined: 'ignore',
    RequestWithdrawn: 'ignore',
    WatcherRevoked: ({ event: { data } }) => [{ op: 'remove', key: watcherKey(data.owner, data.user) }],
    WatcherLeft: ({ event: { data } }) => [{ op: 'remove', key: watcherKey(data.owner, data.user) }],
  },
});
