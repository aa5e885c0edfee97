import { status } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpcStatus from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expectation } from './journal.js';
import { identifierOf, uuidOf } from './wire.js';

const answerTo = (correlationId: string, stream: string): BatchAppendResp => {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(uuidOf(correlationId));
  response.setStreamIdentifier(identifierOf(stream));
  return response;
};

export const batchSuccess = (
  correlationId: string,
  stream: string,
  { revision, position }: { readonly revision: number; readonly position: number },
): BatchAppendResp => {
  const at = new shared.AllStreamPosition();
  at.setCommitPosition(String(position));
  at.setPreparePosition(String(position));
  const success = new streams.BatchAppendResp.Success();
  success.setCurrentRevision(String(revision));
  success.setPosition(at);
  const response = answerTo(correlationId, stream);
  response.setSuccess(success);
  return response;
};

type Reason = 'timeout' | 'deleted' | status | { readonly expected: Expectation; readonly actual: number };

const detailsOf = (reason: Reason, stream: string, maxAppendSize: number): [string, Uint8Array] => {
  if (reason === 'timeout') return ['Timeout', new shared.Timeout().serializeBinary()];
  if (reason === 'deleted') {
    const deleted = new shared.StreamDeleted();
    deleted.setStreamIdentifier(identifierOf(stream));
    return ['StreamDeleted', deleted.serializeBinary()];
  }
  if (typeof reason === 'object') return ['WrongExpectedVersion', wrongVersion(reason).serializeBinary()];
  if (reason === status.INVALID_ARGUMENT) {
    const exceeded = new shared.MaximumAppendSizeExceeded();
    exceeded.setMaxappendsize(maxAppendSize);
    return ['MaximumAppendSizeExceeded', exceeded.serializeBinary()];
  }
  if (reason === status.PERMISSION_DENIED || reason === status.UNAUTHENTICATED)
    return ['AccessDenied', new shared.AccessDenied().serializeBinary()];
  return ['Unknown', new shared.Unknown().serializeBinary()];
};

const wrongVersion = ({ expected, actual }: { readonly expected: Expectation; readonly actual: number }) => {
  const wrong = new shared.WrongExpectedVersion();
  if (actual >= 0) wrong.setCurrentStreamRevision(String(actual));
  else wrong.setCurrentNoStream(new empty.Empty());
  if (typeof expected === 'number') wrong.setExpectedStreamPosition(String(expected));
  else if (expected === 'any') wrong.setExpectedAny(new empty.Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new empty.Empty());
  else wrong.setExpectedStreamExists(new empty.Empty());
  return wrong;
};

/** An append of a batch stream that came to nothing: the stream goes on. */
export const batchFailure = (
  correlationId: string,
  stream: string,
  reason: Reason,
  maxAppendSize: number,
): BatchAppendResp => {
  const [name, bytes] = detailsOf(reason, stream, maxAppendSize);
  const details = new any.Any();
  details.pack(bytes, `event_store.client.${name}`);
  const error = new grpcStatus.Status();
  error.setMessage(name);
  error.setDetails(details);
  const response = answerTo(correlationId, stream);
  response.setError(error);
  return response;
};
