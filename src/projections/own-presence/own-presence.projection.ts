import type { PresenceEvent } from '../../domain/presence/events.js';
import { resultOf } from '../../domain/presence/state.js';
import type { Change } from '../runtime/change.js';
import { projection } from '../runtime/projection.js';
import type { OwnPresenceDocument } from './own-presence.model.js';

const said = ({ event: { data } }: { readonly event: PresenceEvent }): readonly Change<OwnPresenceDocument>[] => [
  { op: 'put', key: data.user, doc: resultOf(data) },
];

export const ownPresence = projection<PresenceEvent, OwnPresenceDocument>({
  name: 'own-presence',
  categories: ['presence'],
  terms: false,
  handlers: {
    SessionOpened: said,
    SessionClosed: said,
    SessionsExpired: said,
    SessionIdled: said,
    SessionResumed: said,
    AvailabilityChosen: said,
    AvailabilityLapsed: said,
    ScheduleApplied: said,
  },
});
