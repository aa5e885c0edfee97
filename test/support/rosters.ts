import type { EventLog } from '../../src/application/ports/event-log.js';
import type { RosterEvent } from '../../src/domain/roster/events.js';
import type { WireClient } from './wire-client.js';

/** What the log says of all rosters, in order. */
export const rosterEventsIn = async (log: EventLog): Promise<RosterEvent[]> => {
  const events: RosterEvent[] = [];
  const stop = new AbortController();
  for await (const signal of log.follow({ after: 'start', categories: ['roster'], signal: stop.signal })) {
    if (signal.kind === 'caught-up') stop.abort();
    if (signal.kind === 'event') events.push(signal.event.event as RosterEvent);
  }
  return events;
};

export const typesOf = (events: readonly RosterEvent[]): string[] => events.map(({ type }) => type);

const ROSTER_VIEWS = ['favorite', 'request', 'watcher'];

/** The changes of rosters that the client was pushed, in order of arrival. */
export const rosterChangesOf = (client: WireClient) =>
  client.frames.flatMap((frame) =>
    frame.t === 'delta' ? frame.changes.filter(({ view }) => ROSTER_VIEWS.includes(view)) : [],
  );

/** Short for the client's view of somebody. */
export const favoriteOf = (client: WireClient, user: string) => client.documents.favorite.get(user)?.doc.state;
