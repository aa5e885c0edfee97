import { ErrorType, NotLeaderError } from '@eventstore/db-client';
import { LogUnavailable } from '../../../application/ports/event-log.js';

/** Nothing came for too long. What was asked may have been done. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Status codes of gRPC (https://grpc.io/docs/guides/status-codes/). */
const CANCELLED = 1;
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;

const codeOf = (error: unknown): number | null => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : null;
};
/** The client converts most errors, and lets some through as gRPC made them: without `type`. */
export const typeOf = (error: unknown): string | null => {
  const type = (error as { type?: unknown } | null)?.type;
  return typeof type === 'string' ? type : null;
};
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What gRPC and the client's discovery say when there was no connection that a request could have gone out on. */
const NOT_CONNECTED = /No connection established|Name resolution failed|Failed to discover after|Failed to connect/;

/** The request certainly did not leave this process, or the server certainly did not act on it. */
export const nothingHappened = (error: unknown): boolean =>
  error instanceof NotLeaderError || isForbidden(error) || NOT_CONNECTED.test(messageOf(error));

export const isForbidden = (error: unknown): boolean => {
  const code = codeOf(error);
  return typeOf(error) === ErrorType.ACCESS_DENIED || code === PERMISSION_DENIED || code === UNAUTHENTICATED;
};

/** The server will never take this request. */
export const isRefused = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === INVALID_ARGUMENT || code === UNIMPLEMENTED;
};

/** The connection is to be doubted: a new one is made for what comes next. */
export const breaksConnection = (error: unknown): boolean => {
  if (error instanceof NoAnswer || NOT_CONNECTED.test(messageOf(error))) return true;
  const code = codeOf(error);
  return code === UNAVAILABLE || code === CANCELLED || code === DEADLINE_EXCEEDED;
};

/** A failure of a call that changes nothing. */
export const unavailable = (doing: string, error: unknown): LogUnavailable => {
  if (error instanceof LogUnavailable) return error;
  const reason = isForbidden(error)
    ? 'EventStoreDB refuses the user of PARLEY_EVENTSTORE_URL: reading $all needs $admins, or a right in its access list'
    : 'EventStoreDB does not answer as it should';
  return new LogUnavailable('log_unavailable', `${doing}: ${reason} (${messageOf(error)})`, { cause: error });
};
