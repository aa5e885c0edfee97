import type { RosterEvent } from '../../domain/roster/events.js';
import { projection, type PlacedEvent } from '../runtime/projection.js';
import type { Change } from '../runtime/change.js';
import { requestKey, type FavoriteRequestDocument } from './requests.model.js';

type Ending = Extract<RosterEvent, { type: 'RequestAccepted' | 'RequestDeclined' | 'RequestWithdrawn' }>;

const ended = ({ event: { data } }: PlacedEvent<Ending>): readonly Change<FavoriteRequestDocument>[] => [
  { op: 'remove', key: requestKey(data.owner, data.from) },
];

export const requests = projection<RosterEvent, FavoriteRequestDocument>({
  name: 'requests',
  categories: ['roster'],
  terms: false,
  handlers: {
    FavoriteRequested: 'ignore',
    FavoriteAccepted: 'ignore',
    FavoriteRemoved: 'ignore',
    RequestReceived: ({ event: { data } }) => [
      { op: 'put', key: requestKey(data.owner, data.from), doc: { from: data.from, askedAt: data.askedAt } },
    ],
    RequestAccepted: ended,
    RequestDeclined: ended,
    RequestWithdrawn: ended,
    WatcherRevoked: 'ignore',
    WatcherLeft: 'ignore',
  },
});
