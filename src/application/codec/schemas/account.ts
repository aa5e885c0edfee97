import { z } from 'zod';
import type { AccountEvent } from '../../../domain/account/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant, text } from './fields.js';

export const accountEvents: EventSchemas<AccountEvent> = {
  AccountRegistered: {
    meaning: 'A person can sign in from now on.',
    version: 1,
    shape: z.strictObject({ userId: id, login: text, displayName: text, email: text, registeredAt: instant }),
    personal: { login: 'userId', displayName: 'userId', email: 'userId' },
  },
  AccountDisabled: {
    meaning: 'Every session of the person ended, and they can no longer sign in.',
    version: 1,
    shape: z.strictObject({ userId: id, disabledAt: instant }),
    personal: {},
  },
  AccountEnabled: {
    meaning: 'The person can sign in again.',
    version: 1,
    shape: z.strictObject({ userId: id, enabledAt: instant }),
    personal: {},
  },
  PasswordChanged: {
    meaning: 'A new password is in force, and sessions of the old one ended. The hash is not in the log.',
    version: 1,
    shape: z.strictObject({ userId: id, changedAt: instant }),
    personal: {},
  },
  SessionEnded: {
    meaning: 'One session ended before its time: signed out, or revoked.',
    version: 1,
    shape: z.strictObject({ userId: id, sessionId: id, endedAt: instant }),
    personal: {},
  },
};
