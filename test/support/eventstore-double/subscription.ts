import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import type { Context } from './context.js';
import type { EventFilter } from './event-filter.js';
import { failure, streamDeleted } from './failures.js';
import { TOMBSTONE_REVISION, type Entry } from './journal.js';
import { gone, resolved, send, type ReadCall } from './read-call.js';
import { caughtUp, checkpoint, confirmation } from './wire.js';

const PAGE = 100;

export interface SubscriptionRequest {
  /** `null`: all streams. */
  readonly stream: string | null;
  /** Revision or position, exclusive. */
  readonly from: number;
  readonly filter: EventFilter | null;
  readonly links: boolean;
}

/**
 * Confirmation, history, `caughtUp`, and then each new event. It always reads forward from where it is, also when live: so there is no gap and
 * no double where history and live meet. Checkpoints come by the count of records looked at, whether they matched or not.
 */
export const subscribe = async (
  { journal, tellsCaughtUp, subscriptions }: Context,
  call: ReadCall,
  { stream, from, filter, links }: SubscriptionRequest,
): Promise<void> => {
  let wake = (): void => undefined;
  const stopListening = journal.onAppended(() => {
    wake();
  });
  const drop = (): void => {
    call.emit('error', failure(status.UNAVAILABLE, 'the server ended the subscription'));
    wake();
  };
  subscriptions.add(drop);
  call.once('cancelled', () => {
    wake();
  });

  // From the end: of what is there now, not of what may come while the confirmation is under way.
  let after = stream !== null && from >= Number.MAX_SAFE_INTEGER - 1 ? journal.lastRevision(stream) : from;
  let considered = 0;
  let live = false;
  const page = (): Entry[] =>
    stream === null ? journal.readAll(after + 1, false, PAGE) : journal.readStream(stream, after + 1, false, PAGE);

  const pass = async (entry: Entry): Promise<void> => {
    after = stream === null ? entry.position : entry.revision;
    if (entry.revision === TOMBSTONE_REVISION && stream !== null) throw streamDeleted(stream);
    if (!filter || filter.matches(entry)) await send(call, resolved(journal, entry, links));
    if (!filter || ++considered < filter.checkpointInterval) return;
    considered = 0;
    await send(call, checkpoint(entry.position));
  };

  try {
    await send(call, confirmation(randomUUID()));
    while (!gone(call)) {
      const entries = page();
      for (const entry of entries) if (!gone(call)) await pass(entry);
      if (entries.length > 0) continue;
      if (stream !== null && journal.isTombstoned(stream)) throw streamDeleted(stream);
      if (!live && tellsCaughtUp) await send(call, caughtUp());
      live = true;
      // Nothing can have been written since the page was read, unless the client made us wait.
      if (page().length > 0) continue;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stopListening();
    subscriptions.delete(drop);
  }
};
