import type { AllStreamRecordedEvent } from '@eventstore/db-client';
import type { Position } from '../../../application/ports/event-log.js';
import type { Connection } from './connection.js';
import { NoAnswer, unavailable } from './failures.js';
import { isOurs } from './log-head.js';
import { SubscriptionFeed } from './subscription-feed.js';

/** Longest wait for the next thing that the server tells. */
const QUIET_MS = 2_000;

/**
 * The first event of Parley after a position, in streams whose names begin so, that the log as it is has up to `head`; `null`: none. The server
 * looks for it. Fails with `LogUnavailable`.
 */
export const firstEvent = async (
  connection: Connection,
  after: Position,
  prefixes: readonly string[],
  head: Position,
): Promise<AllStreamRecordedEvent | null> => {
  if (after >= head) return null;
  const feed = new SubscriptionFeed(connection.client, after, prefixes);
  try {
    for (let confirmed = false; ;) {
      const item = await feed.next(QUIET_MS, connection.closed);
      // A server before 23.10 does not say that there is nothing more: it falls silent.
      if (item === null && confirmed && !connection.closed.aborted) return null;
      if (item === null) throw new NoAnswer('a subscription was not confirmed');
      if (item.kind === 'broken') throw item.error;
      confirmed = true;
      if (item.kind === 'caught-up') return null;
      if (item.kind === 'checkpoint' && item.position >= head) return null;
      if (item.kind !== 'event' || Number(item.event.position.commit) <= after || !isOurs(item.event)) continue;
      return Number(item.event.position.commit) <= head ? item.event : null;
    }
  } catch (error) {
    connection.note(error, feed.client);
    throw unavailable('the log cannot be looked through', error);
  } finally {
    feed.close();
  }
};
