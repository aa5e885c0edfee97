import { accepted, rejected, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { UserId } from '../kernel/ids.js';
import type { RosterCommand } from './commands.js';
import type { FavoriteRequested, RosterEvent } from './events.js';
import type { RosterRejection } from './rejections.js';
import { isAcceptedFavorite, isFavorite, isWatcher, type Asked, type RosterState } from './state.js';

type Decided = Decision<RosterEvent, RosterRejection>;

/** Commands that change nothing are accepted with no event: a star clicked twice asks once, and what the other roster says twice is heard once. */
export const decide = (command: RosterCommand, state: RosterState, context: DecisionContext): Decided => {
  const { now } = context;
  switch (command.type) {
    case 'AddFavorite': {
      const { owner, user } = command.data;
      if (owner === user) return rejected('with-oneself');
      if (isFavorite(state, user)) return accepted();
      return ask(state, owner, user, false, context);
    }
    case 'ResendRequest': {
      const { owner, user } = command.data;
      if (!isFavorite(state, user)) return rejected('not-a-favorite');
      return ask(state, owner, user, false, context);
    }
    case 'RemoveFavorite': {
      const { owner, user } = command.data;
      const asked = state.asked[user];
      if (!asked || !isFavorite(state, user)) return accepted();
      return accepted({ type: 'FavoriteRemoved', data: { owner, user, request: asked.request, removedAt: now } });
    }
    case 'AnswerRequest':
      return answer(command.data, state, context);
    case 'RevokeWatcher': {
      const { owner, user } = command.data;
      const received = state.received[user];
      if (!received || !isWatcher(state, user)) return accepted();
      return accepted({ type: 'WatcherRevoked', data: { owner, user, request: received.request, revokedAt: now } });
    }
    case 'ReceiveRequest': {
      const { owner, from, request, inReturn, askedAt } = command.data;
      if (request <= (state.received[from]?.request ?? 0)) return accepted();
      const how = isWatcher(state, from) ? 'standing' : inReturn && isFavorite(state, from) ? 'in-return' : null;
      return how === null
        ? accepted({ type: 'RequestReceived', data: { owner, from, request, askedAt, receivedAt: now } })
        : accepted({ type: 'RequestAccepted', data: { owner, from, request, how, acceptedAt: now } });
    }
    case 'ConfirmFavorite': {
      const { owner, user, request } = command.data;
      const asked = state.asked[user];
      if (asked?.state !== 'asked' || request <= asked.ended || request > asked.request) return accepted();
      return accepted({ type: 'FavoriteAccepted', data: { owner, user, request, acceptedAt: now } });
    }
    case 'WithdrawRequest': {
      const { owner, from, request } = command.data;
      const received = state.received[from];
      if (received?.request !== request) return accepted();
      if (received.state === 'open')
        return accepted({ type: 'RequestWithdrawn', data: { owner, from, request, withdrawnAt: now } });
      if (received.state === 'accepted')
        return accepted({ type: 'WatcherLeft', data: { owner, user: from, request, leftAt: now } });
      return accepted();
    }
    default:
      return unreachable(command);
  }
};

/** One request per pair of people and `resendMs`, whether the star was taken away in between or not. */
const ask = (
  state: RosterState,
  owner: UserId,
  user: UserId,
  inReturn: boolean,
  { now, limits }: DecisionContext,
): Decided => {
  const before = state.asked[user];
  if (before && !inReturn && now - before.askedAt < limits.resendMs) return rejected('asked-recently');
  if (!isFavorite(state, user) && favorites(state) >= limits.favorites) return rejected('too-many-favorites');
  const requested: FavoriteRequested = {
    type: 'FavoriteRequested',
    data: {
      owner,
      user,
      request: (before?.request ?? 0) + 1,
      inReturn,
      state: isAcceptedFavorite(state, user) ? 'accepted' : 'asked',
      askedAt: now,
    },
  };
  return accepted(requested);
};

const favorites = ({ asked }: RosterState): number =>
  Object.values<Asked>(asked).filter(({ state }) => state !== 'removed').length;

const answer = (
  { owner, from, accept, addToo }: Extract<RosterCommand, { type: 'AnswerRequest' }>['data'],
  state: RosterState,
  context: DecisionContext,
): Decided => {
  const received = state.received[from];
  if (received?.state !== 'open') return rejected('request-void');
  const { request } = received;
  const { now } = context;
  if (!accept) return accepted({ type: 'RequestDeclined', data: { owner, from, request, declinedAt: now } });
  const taken: RosterEvent = {
    type: 'RequestAccepted',
    data: { owner, from, request, how: 'answer', acceptedAt: now },
  };
  if (!addToo || isFavorite(state, from)) return accepted(taken);
  const added = ask(state, owner, from, true, context);
  return added.kind === 'rejected' ? added : accepted(taken, ...added.events);
};

/** See `Decider.produced`. */
export const produced = (command: RosterCommand, events: readonly RosterEvent[]): boolean => {
  const [first, second] = events;
  if (!first) return false;
  const { data } = command;
  const of = 'user' in data ? data.user : data.from;
  if (('user' in first.data ? first.data.user : first.data.from) !== of) return false;
  if ('request' in data && data.request !== first.data.request) return false;
  if (!MAKES[command.type].includes(first.type)) return false;
  if (command.type !== 'AnswerRequest') return true;
  // Who was among the favorites already was not added anew.
  return command.data.accept === (first.type === 'RequestAccepted') && (command.data.addToo || second === undefined);
};

const MAKES: Readonly<Record<RosterCommand['type'], readonly RosterEvent['type'][]>> = {
  AddFavorite: ['FavoriteRequested'],
  ResendRequest: ['FavoriteRequested'],
  RemoveFavorite: ['FavoriteRemoved'],
  AnswerRequest: ['RequestAccepted', 'RequestDeclined'],
  RevokeWatcher: ['WatcherRevoked'],
  ReceiveRequest: ['RequestReceived', 'RequestAccepted'],
  ConfirmFavorite: ['FavoriteAccepted'],
  WithdrawRequest: ['RequestWithdrawn', 'WatcherLeft'],
};
