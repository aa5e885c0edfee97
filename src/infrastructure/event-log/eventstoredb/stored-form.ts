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

/** An event's only number is its commit position, so it must say all: explicit transactions, which only old clients write, have two. */
export const storedOf = ({ streamId, id, type, revision, position, data, metadata }: RecordedEvent): StoredEvent => {
  if (position && position.commit !== position.prepare)
    throw new Error(
      `event ${id} in stream ${streamId} was written in an explicit transaction, which Parley never does`,
    );
  return {
    stream: streamId,
    revision: exactNumber('revision', revision),
    position: exactNumber('position', position?.commit),
    id,
    type,
    data: textOf(data),
    metadata: textOf(metadata),
  };
};
