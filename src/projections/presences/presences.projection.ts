import type { PresenceEvent } from '../../domain/presence/events.js';
import type { Change } from '../runtime/change.js';
import { projection } from '../runtime/projection.js';
import { presenceDocument, type PresenceDocument } from './presences.model.js';

/** Every event carries the whole result, so a log of which older ones are gone gives the same documents. */
const told = ({ event: { data } }: { readonly event: PresenceEvent }): readonly Change<PresenceDocument>[] => [
  { op: 'put', key: data.user, doc: presenceDocument(data.user, data) },
];

export const presences = projection<PresenceEvent, PresenceDocument>({
  name: 'presences',
  categories: ['presence'],
  terms: false,
  handlers: {
    SessionOpened: told,
    SessionClosed: told,
    SessionsExpired: told,
    SessionIdled: told,
    SessionResumed: told,
    AvailabilityChosen: told,
    AvailabilityLapsed: told,
    ScheduleApplied: told,
  },
});
