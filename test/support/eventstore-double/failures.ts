import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** An error as the server sends it: a status, and trailers that say what it is. */
export const failure = (
  code: status,
  details: string,
  exception?: string,
  trailers: Readonly<Record<string, string | number>> = {},
): ServiceError => {
  const metadata = new Metadata();
  if (exception !== undefined) metadata.set('exception', exception);
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, String(value).replaceAll(/[^ -~]/g, '?'));
  return Object.assign(new Error(details), { name: 'ServiceError', code, details, metadata });
};

export const streamDeleted = (stream: string): ServiceError =>
  failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, 'stream-deleted', {
    'stream-name': stream,
  });

export const wrongExpectedVersion = (stream: string, expected: number, actual: number): ServiceError =>
  failure(
    status.FAILED_PRECONDITION,
    `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    'wrong-expected-version',
    { 'stream-name': stream, 'expected-version': expected, ...(actual < 0 ? {} : { 'actual-version': actual }) },
  );

export const maximumAppendSize = (bytes: number): ServiceError =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, 'maximum-append-size-exceeded', {
    'maximum-append-size': bytes,
  });

export const accessDenied = (): ServiceError => failure(status.PERMISSION_DENIED, 'Access Denied', 'access-denied');
export const unauthenticated = (): ServiceError => failure(status.UNAUTHENTICATED, 'Bad HTTP status code: 401');

export const invalidArgument = (details: string): ServiceError => failure(status.INVALID_ARGUMENT, details);

export const notLeader = ({ address, port }: { readonly address: string; readonly port: number }): ServiceError =>
  failure(status.NOT_FOUND, 'Leader info available', 'not-leader', {
    'leader-endpoint-host': address,
    'leader-endpoint-port': port,
  });

export const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && 'code' in error && 'details' in error;

/** Whatever a handler threw, as something that can be sent. */
export const sendable = (error: unknown): ServiceError =>
  isServiceError(error) ? error : failure(status.UNKNOWN, error instanceof Error ? error.message : String(error));
