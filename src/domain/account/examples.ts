import { asId, type SessionId, type UserId } from '../kernel/ids.js';
import { asInstant } from '../kernel/instant.js';
import type { AccountDisabled, AccountEnabled, AccountRegistered, PasswordChanged, SessionEnded } from './events.js';

const userId = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');

export const doeRegistered: AccountRegistered = {
  type: 'AccountRegistered',
  data: {
    userId,
    login: 'john.doe',
    displayName: 'John Doe',
    email: 'john.doe@example.org',
    registeredAt: asInstant(1_700_000_000_000),
  },
};
export const doeDisabled: AccountDisabled = {
  type: 'AccountDisabled',
  data: { userId, disabledAt: asInstant(1_700_000_100_000) },
};
export const doeEnabled: AccountEnabled = {
  type: 'AccountEnabled',
  data: { userId, enabledAt: asInstant(1_700_000_200_000) },
};
export const doeChangedPassword: PasswordChanged = {
  type: 'PasswordChanged',
  data: { userId, changedAt: asInstant(1_700_000_300_000) },
};
export const doeSessionEnded: SessionEnded = {
  type: 'SessionEnded',
  data: {
    userId,
    sessionId: asId<SessionId>('3f1d2c4b-5a69-4788-9a6b-7c8d9e0f1a2b'),
    endedAt: asInstant(1_700_000_400_000),
  },
};
