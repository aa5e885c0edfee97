import { accepted, rejected, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { AccountCommand } from './commands.js';
import type { AccountEvent } from './events.js';
import type { AccountRejection } from './rejections.js';
import type { AccountState } from './state.js';

export const decide = (
  command: AccountCommand,
  state: AccountState,
  { now }: DecisionContext,
): Decision<AccountEvent, AccountRejection> => {
  if (command.type === 'RegisterAccount')
    return state.kind === 'unknown'
      ? accepted({ type: 'AccountRegistered', data: { ...command.data, registeredAt: now } })
      : rejected('already-registered');
  if (state.kind === 'unknown') return rejected('not-found');
  const { userId } = command.data;
  switch (command.type) {
    case 'DisableAccount':
      return state.kind === 'disabled'
        ? accepted()
        : accepted({ type: 'AccountDisabled', data: { userId, disabledAt: now } });
    case 'EnableAccount':
      return state.kind === 'enabled'
        ? accepted()
        : accepted({ type: 'AccountEnabled', data: { userId, enabledAt: now } });
    case 'RecordPasswordChange':
      return accepted({ type: 'PasswordChanged', data: { userId, changedAt: now } });
    case 'EndSession':
      return accepted({
        type: 'SessionEnded',
        data: { userId, sessionId: command.data.sessionId, endedAt: now },
      });
    default:
      return unreachable(command);
  }
};

const NAMES = {
  RegisterAccount: 'AccountRegistered',
  DisableAccount: 'AccountDisabled',
  EnableAccount: 'AccountEnabled',
  RecordPasswordChange: 'PasswordChanged',
  EndSession: 'SessionEnded',
} as const;

/** See `Decider.produced`. */
export const produced = (command: AccountCommand, events: readonly AccountEvent[]): boolean => {
  const [event] = events;
  if (event?.type !== NAMES[command.type] || event.data.userId !== command.data.userId) return false;
  if (command.type === 'EndSession' && event.type === 'SessionEnded')
    return event.data.sessionId === command.data.sessionId;
  return true;
};
