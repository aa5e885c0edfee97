import type { Answer } from '../actors/answer.js';
import type { Message } from '../../domain/kernel/message.js';
import type { RecordedEvent } from '../ports/event-log.js';
import type { ErrorCode } from '../protocol/index.js';

/** What a command came to: durable at `at`, or an error by its code. */
export type Outcome<Result> =
  | { readonly ok: true; readonly at: number; readonly result: Result }
  | { readonly ok: false; readonly error: ErrorCode };

/** `null`: see `ActorSystem.askIf`. Every rejection and refusal is an error code of the protocol by the same name: a new one does not compile before it has words. */
export const outcomeOf = <E extends Message, R extends ErrorCode, Result>(
  answer: Answer<E, R> | null,
  result: (events: readonly RecordedEvent<E>[]) => Result,
): Outcome<Result> => {
  if (answer === null) return { ok: false, error: 'not-found' };
  switch (answer.kind) {
    case 'accepted':
      return { ok: true, at: answer.position, result: result(answer.events) };
    case 'rejected':
      return { ok: false, error: answer.rejection };
    case 'refused':
      return { ok: false, error: answer.refusal };
  }
};
