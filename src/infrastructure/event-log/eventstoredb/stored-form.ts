import type { EventData, RecordedEvent } from '@eventstore/db-client';
import type { EncodedEvent } from '../../../application/ports/event-codec.js';
import type { StoredEvent } from '../stored-event.js';

const reserialised = (text: string): string | null => {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return null;
  }
};

/**
 * An event as the client takes it. The client parses and writes JSON anew, on the way in and on the way out, so JSON is given to it only
 * where that proves to change nothing; other data goes as bytes. Metadata goes as bytes, but comes back parsed: it must be such JSON.
 */
export const dataOf = ({ id, type, data, metadata }: EncodedEvent): EventData => {
  if (reserialised(metadata) !== metadata)
    throw new Error(`the metadata of event ${id} is not JSON in its shortest form, and would not come back as it is`);
  if (!data.isWellFormed()) throw new Error(`the data of event ${id} cannot be written as UTF-8`);
  const bytes = Uint8Array.from(Buffer.from(metadata, 'utf8'));
  return reserialised(data) === data
    ? { id, type, contentType: 'application/json', data: JSON.parse(data) as never, metadata: bytes }
    : {
        id,
        type,
        contentType: 'application/octet-stream',
        data: Uint8Array.from(Buffer.from(data, 'utf8')),
        metadata: bytes,
      };
};

const textOf = (value: unknown): string =>
  value === undefined ? '' : value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : JSON.stringify(value);

/** Positions are log offsets in bytes; a number holds those of a log of 9,000 terabytes. */
export const exactNumber = (what: string, value: bigint | undefined): number => {
  const number = Number(value ?? -1n);
  if (number < 0 || !Number.isSafeInteger(number))
    throw new Error(`EventStoreDB tells no usable ${what} (${String(value)}); version 22.6 or later is needed`);
  return number;
};

/** From 20.6 on every event has a commit position of its own, and it is that of its record. */
export const storedOf = (event: RecordedEvent): StoredEvent => ({
  stream: event.streamId,
  revision: exactNumber('revision', event.revision),
  position: exactNumber('position', event.position?.commit),
  id: event.id,
  type: event.type,
  data: textOf(event.data),
  metadata: textOf(event.metadata),
});
