import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  type AllStreamRecordedEvent,
  type EventStoreDBClient,
  type Position as LogPosition,
  type RecordedEvent as ClientEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { UndecodableEvent, type Revision, type StreamId } from '../../../application/ports/event-log.js';
import type { StoredEvent } from '../stored-event.js';
import type { Connection } from './connection.js';
import { isForbidden, unavailable } from './failures.js';
import { storedOf } from './stored-form.js';

/** Longest wait for a page. */
export const READ_MS = 2_000;
const PAGE = 500;

/** All events of one read, which must be small. Within the time, or the read is called off. */
const collect = async <E extends ClientEvent>(
  connection: Connection,
  what: string,
  ms: number,
  start: (client: EventStoreDBClient) => StreamingRead<{ readonly event?: E; readonly link?: unknown }>,
): Promise<E[]> => {
  let reading: ReturnType<typeof start> | null = null;
  try {
    return await connection.call(ms, what, async (client) => {
      reading = start(client);
      // The client may emit a second error after the one that ends the iteration.
      reading.on('error', () => undefined);
      const events: E[] = [];
      for await (const { event } of reading) if (event) events.push(event);
      return events;
    });
  } catch (error) {
    callOff(reading);
    throw error;
  }
};

const callOff = (reading: StreamingRead<unknown> | null): void => {
  // Cancelling waits for a connection, which may never come about.
  void reading?.cancel().catch(() => undefined);
  reading?.destroy();
};

/** One page of a stream from a revision on; `null` where there is no such stream. Rejects as the client does. */
const pageOrNone = async (
  connection: Connection,
  stream: string,
  from: Revision,
  limit: number,
  ms = READ_MS,
): Promise<StoredEvent[] | null> => {
  try {
    const events = await collect(connection, `a read of ${stream}`, ms, (client) =>
      client.readStream(stream, {
        fromRevision: from === 0 ? START : BigInt(from),
        maxCount: limit,
        direction: FORWARDS,
      }),
    );
    return events.map(storedOf);
  } catch (error) {
    if (error instanceof StreamNotFoundError) return null;
    throw error;
  }
};

/** The same, empty where there is no such stream. */
export const pageOf = async (...page: Parameters<typeof pageOrNone>): Promise<StoredEvent[]> =>
  (await pageOrNone(...page)) ?? [];

/** The last event that a stream shows, as its leader has it; `null`: none. Rejects as the client does. */
export const newestOf = async (connection: Connection, stream: string, ms = READ_MS): Promise<ClientEvent | null> => {
  try {
    const [newest] = await collect(connection, `a read of ${stream}`, ms, (client) =>
      client.readStream(stream, { fromRevision: END, maxCount: 1, direction: BACKWARDS, requiresLeader: true }),
    );
    return newest ?? null;
  } catch (error) {
    if (error instanceof StreamNotFoundError) return null;
    throw error;
  }
};

/** The newest events of all streams before a position, newest first. Rejects as the client does. */
export const newestOfAll = (
  connection: Connection,
  before: LogPosition | typeof END,
  limit: number,
  ms = READ_MS,
): Promise<AllStreamRecordedEvent[]> =>
  collect<AllStreamRecordedEvent>(connection, 'a read of $all', ms, (client) =>
    client.readAll({ fromPosition: before, direction: BACKWARDS, maxCount: limit }),
  );

/**
 * The events of a stream after a revision, page by page, without gaps: where events are missing (truncated, scavenged, `$maxCount`,
 * `$maxAge`) or the stream was deleted, it fails with `UndecodableEvent`, for what is left cannot be understood. Fails with `LogUnavailable`.
 */
export async function* storedIn(
  connection: Connection,
  stream: StreamId,
  after: Revision,
): AsyncGenerator<StoredEvent> {
  for (let next = after + 1; ;) {
    const page = await failing(stream, next, () => pageOf(connection, stream, next, PAGE));
    for (const stored of page) {
      if (stored.revision !== next)
        throw lost(
          stream,
          stored.revision,
          stored.position,
          stored.type,
          `the events from revision ${next} on are gone`,
        );
      yield stored;
      next++;
    }
    if (next === 0) await checkNeverDeleted(connection, stream);
    if (page.length < PAGE) return;
  }
}

/**
 * The same for a stream whose old events are dropped: it begins with the oldest one that is there. `showLast` makes the last event visible
 * where all are too old. Fails with `LogUnavailable`.
 */
export async function* leftIn(
  connection: Connection,
  stream: StreamId,
  after: Revision,
  showLast: () => Promise<void>,
): AsyncGenerator<StoredEvent> {
  let next = after + 1;
  const read = (from: Revision, limit: number): Promise<StoredEvent[] | null> =>
    failing(stream, from, () => pageOrNone(connection, stream, from, limit));
  let page = await read(next, PAGE);
  if (page?.length === 0 && (next === 0 || (await read(0, 1))?.length === 0)) {
    await showLast();
    page = await read(next, PAGE);
  }
  for (;;) {
    yield* page ?? [];
    const last = page?.at(-1);
    if (!page || !last || page.length < PAGE) return;
    next = last.revision + 1;
    page = await read(next, PAGE);
  }
}

/** A stream that was deleted looks as if it had never been there, but what is written next does not begin at revision 0. */
const checkNeverDeleted = async (connection: Connection, stream: StreamId): Promise<void> => {
  const truncated = await failing(stream, 0, async () => {
    try {
      const { metadata } = await connection.call(READ_MS, `a read of $$${stream}`, (client) =>
        client.getStreamMetadata(stream),
      );
      return Number(metadata?.truncateBefore ?? 0);
    } catch (error) {
      // Who may not see this learns it from the revision of the first append.
      if (isForbidden(error)) return 0;
      throw error;
    }
  });
  if (truncated > 0) throw lost(stream, 0, 0, '$metadata', 'the stream was deleted or truncated in EventStoreDB');
};

const failing = async <T>(stream: StreamId, next: Revision, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StreamDeletedError)
      throw lost(stream, next, 0, '$streamDeleted', 'the stream was tombstoned in EventStoreDB');
    throw unavailable(`stream ${stream} cannot be read`, error);
  }
};

const lost = (stream: StreamId, revision: Revision, position: number, type: string, reason: string): UndecodableEvent =>
  new UndecodableEvent(stream, revision, position, type, reason);
