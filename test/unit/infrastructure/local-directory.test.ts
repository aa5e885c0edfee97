import { ReadModels } from '../../../src/application/read-models/read-models.js';
import type { AccountEvent } from '../../../src/domain/account/events.js';
import type { UserId } from '../../../src/domain/kernel/ids.js';
import { LocalDirectory } from '../../../src/infrastructure/directory/local/local-directory.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { people } from '../../../src/projections/people/people.projection.js';
import { changesOf, type Projection } from '../../../src/projections/runtime/projection.js';
import { nthId, someInstant } from '../../support/events.js';

const id = (n: number) => nthId<UserId>(n, 1);

/** A directory of these people (by name, login, address), numbered from 1. */
const directoryOf = async (...names: (readonly [string, string, string])[]) => {
  const store = new MemoryReadModels();
  const readModels = new ReadModels(store);
  await store.prepare('people__g1');
  readModels.serve('people', 'people__g1', { reached: () => Promise.resolve(), status: { state: 'running' } });
  let position = 0;
  const happened = async (event: AccountEvent) => {
    const changes = changesOf(people as unknown as Projection, { event, position: ++position });
    await store.apply('people__g1', [{ at: position, changes }], position);
  };
  for (const [index, [displayName, login, email]] of names.entries())
    await happened({
      type: 'AccountRegistered',
      data: { userId: id(index + 1), login, displayName, email, registeredAt: someInstant },
    });
  const directory = new LocalDirectory(readModels);
  return {
    directory,
    happened,
    find: async (text: string, { limit = 10, excluding = id(999) } = {}) =>
      (await directory.find(text, { limit, excluding })).map(({ name }) => name),
  };
};

const some = () =>
  directoryOf(
    ['John Doe', 'jdoe', 'john.doe@example.org'],
    ['Zoë Ångström', 'zoe', 'za@example.org'],
    ['Joan Doering', 'joan', 'joan@example.com'],
    ['Bob %_* Odd', 'bob', 'bob@example.com'],
  );

describe('the directory finds people', () => {
  it.each([
    ['jo', ['Joan Doering', 'John Doe']],
    ['JOHN', ['John Doe']],
    ['do jo', ['Joan Doering', 'John Doe']],
    ['doe joh', ['John Doe']],
    ['jo doer', ['Joan Doering']],
    ['jdo', ['John Doe']],
    ['zoe ang', ['Zoë Ångström']],
    ['ZOË Å', ['Zoë Ångström']],
    ['example com', ['Bob %_* Odd', 'Joan Doering']],
    ['john.doe@example.org', ['John Doe']],
    ['ohn', []],
    ['john joan', []],
  ])('each of the words a prefix, accents and case aside: %j', async (text, expected) => {
    expect(await (await some()).find(text)).toEqual(expected);
  });

  it('SEC-12 with no meaning of wildcards, and nobody for nothing', async () => {
    const { find } = await some();
    for (const text of ['', ' ', '%', '*', '_', '.*', '(', '\\', '[x-y]', '$ne']) expect(await find(text)).toEqual([]);
    expect(await find('j*')).toEqual(await find('j'));
  });

  it('but never the one who asks', async () => {
    expect(await (await some()).find('jo', { excluding: id(1) })).toEqual(['Joan Doering']);
  });

  it('but not the disabled ones, until they are enabled', async () => {
    const { find, happened, directory } = await some();
    await happened({ type: 'AccountDisabled', data: { userId: id(1), disabledAt: someInstant } });
    expect(await find('jo')).toEqual(['Joan Doering']);
    expect(await directory.people([id(1)])).toMatchObject([{ name: 'John Doe', enabled: false }]);
    await happened({ type: 'AccountEnabled', data: { userId: id(1), enabledAt: someInstant } });
    expect(await find('jo')).toEqual(['Joan Doering', 'John Doe']);
  });

  it('SEC-12 at most so many', async () => {
    const { find } = await directoryOf(
      ...Array.from(
        { length: 50 },
        (_, n) => [`Ann ${String(n).padStart(2, '0')}`, `u${n}`, `u${n}@example.org`] as const,
      ),
    );
    expect(await find('ann', { limit: 10 })).toHaveLength(10);
    expect(await find('ann 4', { limit: 3 })).toHaveLength(3);
  });

  it('although many who match one word come before, disabled or not', async () => {
    const many = Array.from({ length: 300 }, (_, n) => [`Alexander ${n}`, `u${n}`, `u${n}@example.org`] as const);
    const { find, happened } = await directoryOf(...many, ['Alexander Zuse', 'zuse', 'z@example.net']);
    expect(await find('z alexander', { limit: 2 })).toEqual(['Alexander Zuse']);
    for (let n = 1; n <= 290; n++)
      await happened({ type: 'AccountDisabled', data: { userId: id(n), disabledAt: someInstant } });
    expect(await find('alexander', { limit: 20 })).toHaveLength(11);
  });

  it('by id, disabled ones too, and not who is unknown', async () => {
    const { directory } = await some();
    const found = await directory.people([id(2), id(77), id(1), id(2)]);
    expect(found.map(({ name }) => name).sort()).toEqual(['John Doe', 'Zoë Ångström']);
    expect(await directory.people([])).toEqual([]);
  });
});
