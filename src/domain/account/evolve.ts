import { unreachable } from '../kernel/decider.js';
import type { AccountEvent } from './events.js';
import type { AccountState } from './state.js';

export const evolve = (state: AccountState, event: AccountEvent): AccountState => {
  switch (event.type) {
    case 'AccountRegistered':
      return { kind: 'enabled', validFrom: event.data.registeredAt };
    case 'AccountDisabled':
      return { kind: 'disabled', validFrom: event.data.disabledAt };
    case 'AccountEnabled':
      return { kind: 'enabled', validFrom: event.data.enabledAt };
    case 'PasswordChanged':
      return state.kind === 'unknown' ? state : { ...state, validFrom: event.data.changedAt };
    case 'SessionEnded':
      return state;
    default:
      return unreachable(event);
  }
};
