import { randomUUID } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import { RegisterAccounts } from './application/commands/register-accounts/register-accounts.command.js';
import type { PasswordHasher } from './application/ports/password-hasher.js';
import type { Engine } from './engine.js';

export interface DemoPerson {
  readonly name: string;
  readonly login: string;
}

/** One password for all of them: they exist to look around with, on a machine of one's own. */
export const DEMO_PASSWORD = 'parley-demo';

/** The people of the user guide. */
const NAMES = [
  ['John Doe', 'john.doe'],
  ['John Smith', 'john.smith'],
  ['Thomas Magnum', 'thomas.magnum'],
  ['H.M. Murdock', 'hm.murdock'],
  ['J.Q. Higgins', 'jonathan.higgins'],
  ['Templeton Peck', 'templeton.peck'],
  ['Anna Prades', 'anna.prades'],
] as const;

const EVERYBODY: readonly DemoPerson[] = NAMES.map(([name, login]) => ({ name, login }));

/** Creates the demo people when nothing was ever written to the log. Answers whom one can sign in as with the demo password. */
export const createDemoPeople = async (
  { log, credentials }: Engine,
  commandBus: CommandBus,
  hasher: PasswordHasher,
): Promise<readonly DemoPerson[]> => {
  if ((await log.head()) > 0) {
    const first = await credentials.find(NAMES[0][1]);
    return first && (await hasher.verify(first.passwordHash, DEMO_PASSWORD)) ? EVERYBODY : [];
  }
  const passwordHash = await hasher.hash(DEMO_PASSWORD);
  const id = randomUUID();
  await commandBus.execute(
    new RegisterAccounts(
      { principal: { kind: 'operator' }, id, correlationId: id },
      NAMES.map(([displayName, login]) => ({ login, displayName, email: `${login}@example.org`, passwordHash })),
    ),
  );
  return EVERYBODY;
};
