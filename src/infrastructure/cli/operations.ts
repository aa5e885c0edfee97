import { randomUUID } from 'node:crypto';
import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { withinTime } from '../../application/actors/within-time.js';
import type { AccountOutcome } from '../../application/commands/account/accounts-by-login.js';
import { DisableAccount } from '../../application/commands/disable-account/disable-account.command.js';
import { EnableAccount } from '../../application/commands/enable-account/enable-account.command.js';
import type { Outcome } from '../../application/commands/outcome.js';
import {
  RegisterAccounts,
  type Registration,
} from '../../application/commands/register-accounts/register-accounts.command.js';
import { SetPassword } from '../../application/commands/set-password/set-password.command.js';
import type { PasswordHasher } from '../../application/ports/password-hasher.js';
import { ListAccounts } from '../../application/queries/list-accounts/list-accounts.query.js';

/** Shortest password that is taken (NIST SP 800-63B asks for eight characters at least). */
export const PASSWORD_MIN = 8;

const login = z.string().trim().min(1).max(254);
const password = z.string().min(PASSWORD_MIN, `has fewer than ${PASSWORD_MIN} characters`).max(1_024);

export const newUserSchema = z
  .strictObject({
    login,
    displayName: z.string().trim().min(1).max(200),
    email: z.email().max(254),
    password: password.optional(),
    /** PHC string of argon2id. */
    passwordHash: z.string().optional(),
  })
  .refine(
    (user) => (user.password === undefined) !== (user.passwordHash === undefined),
    'needs a password or a hash, not both',
  );
export type NewUser = z.output<typeof newUserSchema>;

const SCHEMAS = {
  ping: z.strictObject({}),
  'user.register': z.strictObject({ users: z.array(newUserSchema).min(1).max(1_000) }),
  'user.list': z.strictObject({ after: z.string().nullable(), limit: z.int().positive().max(1_000) }),
  'user.passwd': z.strictObject({ login, password }),
  'user.disable': z.strictObject({ login }),
  'user.enable': z.strictObject({ login }),
} as const;

export interface Results {
  ping: Record<string, never>;
  'user.register': readonly Registration[];
  'user.list': readonly {
    id: string;
    login: string | null;
    name: string | null;
    email: string | null;
    enabled: boolean;
  }[];
  'user.passwd': Outcome<AccountOutcome>;
  'user.disable': Outcome<AccountOutcome>;
  'user.enable': Outcome<AccountOutcome>;
}
export type OperationName = keyof typeof SCHEMAS;
export type Parameters<N extends OperationName> = z.input<(typeof SCHEMAS)[N]>;

/** What an operator can have done: in this very process, or by the running server through its control socket. */
export type Operations = <N extends OperationName>(name: N, parameters: Parameters<N>) => Promise<Results[N]>;

export const isOperation = (name: string): name is OperationName => Object.hasOwn(SCHEMAS, name);

/** How long an operator waits for read models that are behind. */
const SETTLE_MS = 10_000;

/**
 * Every operation over the same command handlers that everybody else uses. `settled` resolves when the read models hold what was written so far:
 * an operator who lists what they just added finds it.
 */
export const operationsOf = (
  commandBus: CommandBus,
  queryBus: QueryBus,
  hasher: PasswordHasher,
  settled: () => Promise<void>,
): Operations => {
  const operator = { kind: 'operator' } as const;
  const request = () => {
    const id = randomUUID();
    return { principal: operator, id, correlationId: id };
  };
  const table: { readonly [N in OperationName]: (given: z.output<(typeof SCHEMAS)[N]>) => Promise<Results[N]> } = {
    ping: () => Promise.resolve({}),
    'user.register': async ({ users }) => {
      const accounts = users.map(async ({ login: name, displayName, email, password: plain, passwordHash }) => ({
        login: name,
        displayName,
        email,
        passwordHash: passwordHash ?? (await hasher.hash(plain ?? '')),
      }));
      return commandBus.execute(new RegisterAccounts(request(), await Promise.all(accounts)));
    },
    'user.list': async ({ after, limit }) => {
      await withinTime(settled(), SETTLE_MS, () => {
        throw new Error('the read models are behind the log; /health/ready of the server says why');
      });
      return queryBus.execute(new ListAccounts(operator, after, limit));
    },
    'user.passwd': async ({ login: name, password: plain }) =>
      commandBus.execute(new SetPassword(request(), name, await hasher.hash(plain))),
    'user.disable': ({ login: name }) => commandBus.execute(new DisableAccount(request(), name)),
    'user.enable': ({ login: name }) => commandBus.execute(new EnableAccount(request(), name)),
  };
  return async (name, parameters) => {
    const given = SCHEMAS[name].parse(parameters);
    return (table[name] as (given: unknown) => Promise<never>)(given);
  };
};
