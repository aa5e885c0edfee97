import type { Instant } from './instant.js';
import type { UserId } from './ids.js';
import type { Message } from './message.js';

/** Bounds that an installation sets. */
export interface DecisionLimits {
  /** Longest message, in Unicode code points (SEC-18). */
  readonly messageCodePoints: number;
  /** Longest title of a group, in Unicode code points. */
  readonly titleCodePoints: number;
  /** People who take part in a group, those invited included. */
  readonly participants: number;
  /** Longest words beside a status, in Unicode code points. */
  readonly statusCodePoints: number;
  readonly favorites: number;
  /** Milliseconds before the same person may be asked again to be a favorite. */
  readonly resendMs: number;
}

/** Who asks, when, and within which bounds: the only outside facts that a decision may depend on. */
export interface DecisionContext {
  readonly now: Instant;
  readonly principal: UserId;
  readonly limits: DecisionLimits;
}

/** What a decider answers: the facts that became true (possibly none), or the rule that said no. */
export type Decision<E extends Message, R extends string> =
  { readonly kind: 'accepted'; readonly events: readonly E[] } | { readonly kind: 'rejected'; readonly rejection: R };

/**
 * One aggregate as three pure functions (the Decider pattern, J. Chassaing).
 *
 * `decide` and `evolve` are total, synchronous and deterministic; states are treated as frozen values.
 * State holds only what decides, and survives a JSON round trip, because snapshots are JSON.
 */
export interface Decider<S, C extends Message, E extends Message, R extends string> {
  readonly initialState: S;
  decide(this: void, command: C, state: S, context: DecisionContext): Decision<E, R>;
  evolve(this: void, state: S, event: E): S;
  /**
   * Whether these recorded events are what this command produced. Asked when a command id comes a second time: the same
   * intention gets the first answer, another one under the same id is refused. `state`: one in which the events are, and perhaps later ones.
   */
  produced(this: void, command: C, events: readonly E[], state: S): boolean;
}

export const accepted = <E extends Message>(...events: readonly E[]): Decision<E, never> => ({
  kind: 'accepted',
  events,
});

export const rejected = <R extends string>(rejection: R): Decision<never, R> => ({ kind: 'rejected', rejection });

/** For the end of a `switch` over a union: does not compile while a case is missing. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
};
