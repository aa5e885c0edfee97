import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import {
  doeChangedPassword,
  doeDisabled,
  doeEnabled,
  doeRegistered,
  doeSessionEnded,
} from '../../../src/domain/account/examples.js';
import { account, admits, type AccountCommand } from '../../../src/domain/account/index.js';
import { asId, type SessionId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { deciderHarness } from '../../support/decider-harness.js';

const { given, state, produced } = deciderHarness('account', account);

const { userId } = doeRegistered.data;
const { sessionId } = doeSessionEnded.data;
const smith = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a02');
const now = asInstant(1_700_000_500_000);
const context = { principal: userId, now, limits: DEFAULT_LIMITS };
const before = (instant: number) => asInstant(instant - 1);

const register: AccountCommand = {
  type: 'RegisterAccount',
  data: { userId, login: 'john.doe', displayName: 'John Doe', email: 'john.doe@example.org' },
};
const disable: AccountCommand = { type: 'DisableAccount', data: { userId } };
const enable: AccountCommand = { type: 'EnableAccount', data: { userId } };
const changePassword: AccountCommand = { type: 'RecordPasswordChange', data: { userId } };
const endSession: AccountCommand = { type: 'EndSession', data: { userId, sessionId } };

describe('registering', () => {
  it('S8 registers a person who can be found and can sign in', async () => {
    const after = await given()
      .when(register, context)
      .then([{ ...doeRegistered, data: { ...doeRegistered.data, registeredAt: now } }]);
    expect(admits(after, now)).toBe(true);
  });

  it('S8 keeps names of any script', async () => {
    const data = { userId, login: 'elodie', displayName: 'Élodie 王小明 👩‍🚀', email: 'élodie@exämple.org' };
    await given()
      .when({ type: 'RegisterAccount', data }, context)
      .then([{ type: 'AccountRegistered', data: { ...data, registeredAt: now } }]);
  });

  it('S8 refuses a second registration, also of a disabled account', async () => {
    await given(doeRegistered).when(register, context).then({ rejected: 'already-registered' });
    await given(doeRegistered, doeDisabled).when(register, context).then({ rejected: 'already-registered' });
  });
});

describe('an account that was never registered', () => {
  it.each([disable, enable, changePassword, endSession])('SEC-5 is not found: $type', async (command) => {
    await given().when(command, context).then({ rejected: 'not-found' });
  });

  it('SEC-5 admits no session', () => {
    expect(admits(account.initialState, now)).toBe(false);
    expect(admits(state(doeChangedPassword), now)).toBe(false);
  });
});

describe('disabling and enabling', () => {
  it('SEC-5 disabling ends every session and admits none', async () => {
    const after = await given(doeRegistered)
      .when(disable, context)
      .then([{ type: 'AccountDisabled', data: { userId, disabledAt: now } }]);
    expect(admits(after, now)).toBe(false);
    expect(admits(after, asInstant(now + 1))).toBe(false);
  });

  it('SEC-5 disabling twice changes nothing', async () => {
    await given(doeRegistered, doeDisabled).when(disable, context).then([]);
  });

  it('SEC-5 enabling admits new sessions and revives none of before', async () => {
    const after = await given(doeRegistered, doeDisabled)
      .when(enable, context)
      .then([{ type: 'AccountEnabled', data: { userId, enabledAt: now } }]);
    expect(admits(after, now)).toBe(true);
    expect(admits(after, before(now))).toBe(false);
    expect(admits(after, doeRegistered.data.registeredAt)).toBe(false);
  });

  it('SEC-5 enabling an enabled account changes nothing', async () => {
    await given(doeRegistered).when(enable, context).then([]);
    await given(doeRegistered, doeDisabled, doeEnabled).when(enable, context).then([]);
  });
});

describe('changing the password', () => {
  it('SEC-5 ends the sessions of the old one', async () => {
    const after = await given(doeRegistered)
      .when(changePassword, context)
      .then([{ type: 'PasswordChanged', data: { userId, changedAt: now } }]);
    expect(admits(after, before(now))).toBe(false);
    expect(admits(after, now)).toBe(true);
  });

  it('SEC-5 is recorded each time', async () => {
    await given(doeRegistered, doeChangedPassword)
      .when(changePassword, context)
      .then([{ type: 'PasswordChanged', data: { userId, changedAt: now } }]);
  });

  it('SEC-5 does not enable a disabled account', async () => {
    const after = await given(doeRegistered, doeDisabled)
      .when(changePassword, context)
      .then([{ type: 'PasswordChanged', data: { userId, changedAt: now } }]);
    expect(admits(after, asInstant(now + 1))).toBe(false);
  });

  it('SEC-22 holds neither a password nor a hash', () => {
    expect(Object.keys(doeChangedPassword.data).sort()).toEqual(['changedAt', 'userId']);
  });
});

describe('ending a session', () => {
  const ended = { ...doeSessionEnded, data: { ...doeSessionEnded.data, endedAt: now } };

  it('SEC-5 is recorded, and leaves the other sessions as they are', async () => {
    const after = await given(doeRegistered).when(endSession, context).then([ended]);
    expect(after).toEqual(state(doeRegistered));
  });

  it('SEC-5 is recorded for a disabled account too', async () => {
    await given(doeRegistered, doeDisabled).when(endSession, context).then([ended]);
  });
});

describe('the same command id again', () => {
  it.each([
    [register, doeRegistered],
    [disable, doeDisabled],
    [enable, doeEnabled],
    [changePassword, doeChangedPassword],
    [endSession, doeSessionEnded],
  ])('R5 knows what the same command made: $type', (command, event) => {
    expect(produced(command, [event])).toBe(true);
    expect(produced(command, [])).toBe(false);
    expect(produced({ ...command, data: { ...command.data, userId: smith } } as AccountCommand, [event])).toBe(false);
  });

  it('R5 refuses another kind of command', () => {
    expect(produced(disable, [doeEnabled])).toBe(false);
    expect(produced(enable, [doeDisabled])).toBe(false);
    expect(produced(changePassword, [doeSessionEnded])).toBe(false);
  });

  it('R5 refuses the end of another session', () => {
    const other = asId<SessionId>('3f1d2c4b-5a69-4788-9a6b-7c8d9e0f1a2c');
    expect(produced({ type: 'EndSession', data: { userId, sessionId: other } }, [doeSessionEnded])).toBe(false);
  });
});

describe('the state', () => {
  it('SEC-27 never holds a name or an address', () => {
    const kept = JSON.stringify(state(doeRegistered, doeDisabled, doeEnabled));
    for (const personal of ['john.doe', 'John Doe', '@example.org']) expect(kept).not.toContain(personal);
  });

  it('R24 folds an erased registration as any other', () => {
    const erased = { ...doeRegistered, data: { ...doeRegistered.data, login: null, displayName: null, email: null } };
    expect(state(erased)).toEqual(state(doeRegistered));
  });
});
