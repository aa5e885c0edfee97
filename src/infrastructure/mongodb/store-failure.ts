import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoSystemError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';
import { LogUnavailable } from '../../application/ports/event-log.js';

const DUPLICATE_KEY = 11_000;
/** FileStreamFailed, OutOfDiskSpace. */
const FULL = new Set([39, 14_031]);
/** A member of the set that steps down, starts, recovers or stops, and a server that ran out of time or of a majority. */
const AWAY = new Set([
  6, 7, 24, 50, 64, 89, 91, 100, 134, 189, 262, 358, 9_001, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436,
]);
const AWAY_CLASSES = [
  MongoNetworkError,
  MongoSystemError, // no server was found in time
  MongoWriteConcernError,
  MongoClientClosedError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
];
/** Of classes that the driver does not export: all its connections are in use, or they were just closed. */
const AWAY_NAMES = new Set(['MongoWaitQueueTimeoutError', 'MongoPoolClosedError', 'MongoServerClosedError']);

/** Whether the server refused documents only because others have their `_id`, or their values of a unique index. */
export const isDuplicate = (error: unknown): boolean => {
  if (!(error instanceof MongoBulkWriteError)) return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
  const refused = refusedOf(error);
  return refused.length > 0 && refused.every(({ code }) => code === DUPLICATE_KEY) && !lacksMajority(error);
};

/**
 * What the callers of the stores understand: `LogUnavailable` for a server that is away, silent or full, as the other stores have it; everything
 * else is a defect and stays what it is.
 */
export const storeFailure = (error: unknown): unknown => {
  if (error instanceof LogUnavailable || isDuplicate(error)) return error;
  const code = codeOf(error);
  if (code !== undefined && FULL.has(code))
    return new LogUnavailable('store_full', 'the disk of MongoDB is full', { cause: error });
  return isAway(error, code) ? unavailable('MongoDB is not available', error) : error;
};

export const unavailable = (reason: string, cause?: unknown): LogUnavailable =>
  new LogUnavailable('log_unavailable', cause instanceof Error ? `${reason}: ${cause.message}` : reason, { cause });

const isAway = (error: unknown, code: number | undefined): boolean => {
  if (isBrokenLink(error)) return true;
  if (!(error instanceof Error)) return false;
  if (code !== undefined && AWAY.has(code)) return true;
  if (AWAY_CLASSES.some((away) => error instanceof away) || AWAY_NAMES.has(error.name)) return true;
  // The driver wraps a broken link under a bulk write so that only the absence of any reason of the server's is left.
  if (error instanceof MongoBulkWriteError) return lacksMajority(error) || code === undefined;
  return error instanceof MongoServerError && error.hasErrorLabel('RetryableWriteError');
};

/** Of writes to a socket that the other side, or this one, has just ended: Node names no system call for them. */
const ENDED = new Set<unknown>([
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_SOCKET_CLOSED',
]);

/** The driver lets some errors of sockets through as Node makes them. */
const isBrokenLink = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && ('syscall' in error || ('code' in error && ENDED.has(error.code)));

const refusedOf = ({ writeErrors }: MongoBulkWriteError): readonly { readonly code: number }[] => [writeErrors].flat();

const lacksMajority = ({ result }: MongoBulkWriteError): boolean => result.getWriteConcernError() !== undefined;

const codeOf = (error: unknown): number | undefined => {
  if (error instanceof MongoBulkWriteError) {
    const refused = refusedOf(error).find(({ code }) => code !== DUPLICATE_KEY);
    if (refused) return refused.code;
  }
  return error instanceof MongoServerError && typeof error.code === 'number' ? error.code : undefined;
};
