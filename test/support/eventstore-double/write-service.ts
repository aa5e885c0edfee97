import type { Metadata, ServerDuplexStream, ServerReadableStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { batchFailure, batchSuccess } from './batch-answers.js';
import { Severed, type Context } from './context.js';
import { maximumAppendSize, notLeader, sendable, streamDeleted, wrongExpectedVersion } from './failures.js';
import { NO_STREAM, type Expectation, type Proposed, type WriteResult } from './journal.js';
import { nameOf, proposedOf, sizeOf, textOf } from './wire.js';

const NUMBERS = { any: -2, 'no-stream': NO_STREAM, 'stream-exists': -4 } as const;
const numberOf = (expected: Expectation): number => (typeof expected === 'number' ? expected : NUMBERS[expected]);

interface RevisionOptions {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}
const expectationOf = (options: RevisionOptions, revision: () => string): Expectation => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(revision());
};

export const writeService = (context: Context) => {
  const { journal, access, maxAppendSize } = context;

  const checkWrite = (call: { readonly metadata: Metadata }, right: '$w' | '$d', stream: string): void => {
    const leader = context.leader();
    if (leader && call.metadata.get('requires-leader').includes('true')) throw notLeader(leader);
    access.check(call, right, stream);
  };

  const checkSize = (bytes: number): void => {
    if (bytes > maxAppendSize) throw maximumAppendSize(maxAppendSize);
  };

  const append = (call: ServerReadableStream<AppendReq, AppendResp>, callback: sendUnaryData<AppendResp>): void => {
    let stream = '';
    let expected: Expectation = 'any';
    let bytes = 0;
    let over = false;
    const events: Proposed[] = [];
    const attempt = (work: () => void): void => {
      if (over) return;
      try {
        work();
      } catch (error) {
        over = true;
        if (!(error instanceof Severed)) callback(sendable(error));
      }
    };
    call.on('error', () => (over = true));
    call.on('cancelled', () => (over = true));
    call.on('data', (request: AppendReq) => {
      attempt(() => {
        const options = request.getOptions();
        if (options) {
          stream = nameOf(options.getStreamIdentifier());
          expected = expectationOf(options, () => options.getRevision());
          checkWrite(call, '$w', stream);
        }
        const message = request.getProposedMessage();
        if (!message) return;
        const event = proposedOf(message);
        bytes += sizeOf(event);
        checkSize(bytes);
        events.push(event);
      });
    });
    const store = (): void => {
      attempt(() => {
        const result = context.storing(() => journal.append(stream, events, expected));
        callback(null, appendAnswer(stream, expected, result));
      });
    };
    // A connection that is cut ends the request as well; that it was cut is known a little later.
    call.on('end', () => setImmediate(() => setImmediate(store)));
  };

  const batchAppend = (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const open = new Map<string, { options: BatchAppendReq.Options | undefined; events: Proposed[] }>();
    const answer = (id: string, options: BatchAppendReq.Options | undefined, events: readonly Proposed[]): void => {
      const stream = nameOf(options?.getStreamIdentifier());
      try {
        const expected = options ? expectationOf(options, () => options.getStreamPosition()) : 'any';
        const deadline = options?.getDeadline()?.toDate().getTime() ?? Infinity;
        checkWrite(call, '$w', stream);
        if (Date.now() > deadline) call.write(batchFailure(id, stream, 'timeout', maxAppendSize));
        else {
          checkSize(events.reduce((sum, event) => sum + sizeOf(event), 0));
          const result = context.storing(() => journal.append(stream, events, expected));
          if (result.kind === 'deleted') call.write(batchFailure(id, stream, 'deleted', maxAppendSize));
          else if (result.kind === 'wrong-expected-version')
            call.write(batchFailure(id, stream, { expected, actual: result.actual }, maxAppendSize));
          else call.write(batchSuccess(id, stream, result));
        }
      } catch (error) {
        if (error instanceof Severed) return;
        const { code } = sendable(error);
        call.write(batchFailure(id, stream, code, maxAppendSize));
      }
    };
    call.on('error', () => undefined);
    call.on('data', (request: BatchAppendReq) => {
      try {
        const id = textOf(request.getCorrelationId());
        const batch = open.get(id) ?? { options: request.getOptions(), events: [] };
        batch.events.push(...request.getProposedMessagesList().map(proposedOf));
        open.set(id, batch);
        if (!request.getIsFinal()) return;
        open.delete(id);
        answer(id, batch.options, batch.events);
      } catch (error) {
        call.emit('error', sendable(error));
      }
    });
    call.on('end', () => call.end());
  };

  const remove = <Req extends DeleteReq | TombstoneReq, Resp extends DeleteResp | TombstoneResp>(
    call: ServerUnaryCall<Req, Resp>,
    callback: sendUnaryData<Resp>,
    work: (stream: string, expected: Expectation) => WriteResult,
    answer: (position: number) => Resp,
  ): void => {
    try {
      const options = call.request.getOptions();
      const stream = nameOf(options?.getStreamIdentifier());
      const expected = options ? expectationOf(options, () => options.getRevision()) : 'any';
      checkWrite(call, '$d', stream);
      const result = work(stream, expected);
      if (result.kind === 'deleted') throw streamDeleted(stream);
      if (result.kind === 'wrong-expected-version')
        throw wrongExpectedVersion(stream, numberOf(expected), result.actual);
      callback(null, answer(result.position));
    } catch (error) {
      callback(sendable(error));
    }
  };

  return {
    append,
    batchAppend,
    delete: (call: ServerUnaryCall<DeleteReq, DeleteResp>, callback: sendUnaryData<DeleteResp>) => {
      remove(
        call,
        callback,
        (stream, expected) => journal.delete(stream, expected),
        (at) => {
          const position = new streams.DeleteResp.Position();
          position.setCommitPosition(String(at));
          position.setPreparePosition(String(at));
          const response = new streams.DeleteResp();
          response.setPosition(position);
          return response;
        },
      );
    },
    tombstone: (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, callback: sendUnaryData<TombstoneResp>) => {
      remove(
        call,
        callback,
        (stream, expected) => journal.tombstone(stream, expected),
        (at) => {
          const position = new streams.TombstoneResp.Position();
          position.setCommitPosition(String(at));
          position.setPreparePosition(String(at));
          const response = new streams.TombstoneResp();
          response.setPosition(position);
          return response;
        },
      );
    },
  };
};

/** A wrong expectation is an answer of `Append`, not an error. */
const appendAnswer = (stream: string, expected: Expectation, result: WriteResult): AppendResp => {
  if (result.kind === 'deleted') throw streamDeleted(stream);
  const response = new streams.AppendResp();
  if (result.kind === 'wrong-expected-version') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (result.actual >= 0) wrong.setCurrentRevision(String(result.actual));
    else wrong.setCurrentNoStream(new shared.Empty());
    if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
    else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
    else if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
    else wrong.setExpectedStreamExists(new shared.Empty());
    response.setWrongExpectedVersion(wrong);
    return response;
  }
  const success = new streams.AppendResp.Success();
  success.setCurrentRevision(String(result.revision));
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(String(result.position));
  position.setPreparePosition(String(result.position));
  success.setPosition(position);
  response.setSuccess(success);
  return response;
};
