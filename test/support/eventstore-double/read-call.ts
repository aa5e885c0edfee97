import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Entry, Journal } from './journal.js';
import { eventResponse } from './wire.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Writes and waits until the client takes more; `false`: it is gone. */
export const send = async (call: ReadCall, response: ReadResp): Promise<boolean> => {
  if (call.cancelled || call.destroyed) return false;
  if (call.write(response)) return true;
  await new Promise<void>((resolve) => {
    const ends = ['drain', 'cancelled', 'close', 'error'] as const;
    const done = (): void => {
      for (const event of ends) call.off(event, done);
      resolve();
    };
    for (const event of ends) call.on(event, done);
  });
  return !gone(call);
};
export const gone = (call: ReadCall): boolean => call.cancelled || call.destroyed;

/** The event, with what it links to where that is asked for. */
export const resolved = (journal: Journal, entry: Entry, resolveLinks: boolean): ReadResp => {
  if (!resolveLinks || entry.type !== '$>') return eventResponse(entry);
  const text = Buffer.from(entry.data).toString('utf8');
  const at = text.indexOf('@');
  return eventResponse(entry, journal.entryAt(text.slice(at + 1), Number(text.slice(0, at))));
};
