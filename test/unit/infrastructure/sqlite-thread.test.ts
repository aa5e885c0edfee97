import { asInstant } from '../../../src/domain/kernel/instant.js';
import type { SessionId } from '../../../src/domain/kernel/ids.js';
import {
  openIdentityStores,
  type IdentityStores,
} from '../../../src/infrastructure/vault/sqlite/sqlite-identity-store.js';
import { LogUnavailable } from '../../../src/application/ports/event-log.js';
import { failureOf } from '../../support/eventually.js';
import { ada, nthId } from '../../support/events.js';
import { tempFolder, type TempFolder } from '../../support/temp-folder.js';

const session = (n: number) => ({
  id: nthId<SessionId>(n, 3),
  userId: ada,
  startedAt: asInstant(1),
  lastSeenAt: asInstant(1),
});

describe('a SQLite thread', () => {
  let folder: TempFolder;
  let stores: IdentityStores;
  beforeEach(async () => {
    folder = tempFolder();
    stores = await openIdentityStores(folder.file('identity.sqlite'));
  });
  afterEach(async () => {
    await stores.close();
    folder.remove();
  });

  it('undoes a write that breaks a constraint alone: others of its commit are kept', async () => {
    const { sessions } = stores;
    await sessions.add('taken', session(1));
    const outcomes = await Promise.allSettled([
      sessions.add('before', session(2)),
      sessions.add('taken', session(3)),
      sessions.add('after', session(4)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    for (const token of ['before', 'after']) expect(await sessions.find(token)).not.toBeNull();
  });

  it('finishes what was asked before it closes, and refuses what comes after', async () => {
    const { sessions } = stores;
    const adding = Array.from({ length: 50 }, (_, n) => sessions.add(`token ${n}`, session(n)));
    await stores.close();
    await Promise.all(adding);
    expect(await failureOf(sessions.find('token 1'))).toBeInstanceOf(LogUnavailable);
    stores = await openIdentityStores(folder.file('identity.sqlite'));
    expect(await stores.sessions.find('token 49')).toEqual(session(49));
  });
});
