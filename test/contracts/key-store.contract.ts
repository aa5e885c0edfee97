import { KeyDestroyed, type KeyStore } from '../../src/application/ports/key-store.js';
import type { UserId } from '../../src/domain/kernel/ids.js';
import { failureOf } from '../support/eventually.js';
import { ada, bob, nthId } from '../support/events.js';
import { HOSTILE, expectNothing } from './hostile-values.js';

export interface KeyStoreUnderTest {
  readonly store: KeyStore;
  /** Closes the adapter and opens it again on what it stored. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export const describeKeyStore = (
  name: string,
  { durable }: { readonly durable: boolean },
  open: () => Promise<KeyStoreUnderTest>,
): void => {
  describe(`key store: ${name}`, () => {
    let under: KeyStoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.close();
    });

    it('SEC-27 makes a key of 32 bytes on first use, and answers the same one ever after', async () => {
      expect(await under.store.find(ada)).toBeNull();
      const key = await under.store.obtain(ada);
      expect(key).toHaveLength(32);
      expect(await under.store.obtain(ada)).toEqual(key);
      expect(await under.store.find(ada)).toEqual(key);
    });

    it('SEC-27 gives each person another key', async () => {
      const people = Array.from({ length: 50 }, (_, n) => nthId<UserId>(n + 1, 7));
      const keys = await Promise.all(people.map((person) => under.store.obtain(person)));
      expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(50);
    });

    it('gives everybody who asks at once the same key', async () => {
      const keys = await Promise.all(Array.from({ length: 20 }, () => under.store.obtain(ada)));
      expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
      expect(await under.store.find(ada)).toEqual(keys[0]);
    });

    it('obtains many at once, leaving those that are there, asked for twice too', async () => {
      const key = await under.store.obtain(ada);
      const people = Array.from({ length: 1_000 }, (_, n) => nthId<UserId>(n + 1, 8));
      await under.store.obtainAll([ada, ...people, ada]);
      await under.store.obtainAll(people);
      expect(await under.store.find(ada)).toEqual(key);
      for (const person of [people[0]!, people[999]!]) expect(await under.store.find(person)).toHaveLength(32);
      await under.store.obtainAll([]);
    });

    it('SEC-27 destroys a key for good: it is not found, and no other is made', async () => {
      await under.store.obtain(ada);
      const kept = await under.store.obtain(bob);
      await under.store.destroy(ada);
      await under.store.destroy(ada);
      expect(await under.store.find(ada)).toBeNull();
      const failure = await failureOf(under.store.obtain(ada));
      expect(failure).toBeInstanceOf(KeyDestroyed);
      expect(failure).toMatchObject({ name: 'KeyDestroyed', subject: ada });
      await under.store.obtainAll([ada]);
      expect(await under.store.find(ada)).toBeNull();
      expect(await under.store.find(bob)).toEqual(kept);
    });

    it('SEC-27 destroys what never was, so that nothing can be made later', async () => {
      await under.store.destroy(bob);
      expect(await failureOf(under.store.obtain(bob))).toBeInstanceOf(KeyDestroyed);
    });

    it('SEC-27 leaves no key behind for reads that were under way at the destruction', async () => {
      await under.store.obtain(ada);
      await Promise.all([under.store.find(ada), under.store.destroy(ada), under.store.find(ada)]);
      expect(await under.store.find(ada)).toBeNull();
    });

    it.each(HOSTILE)('SEC-20 finds and destroys nobody’s key for %j in the place of a person', async (value) => {
      const key = await under.store.obtain(ada);
      const text = value as unknown as UserId;
      await expectNothing(() => under.store.find(text));
      await under.store.destroy(text).catch(() => undefined);
      expect(await under.store.find(ada)).toEqual(key);
    });

    if (durable)
      it('SEC-27 keeps keys and destructions over a restart', async () => {
        const key = await under.store.obtain(ada);
        await under.store.obtain(bob);
        await under.store.destroy(bob);
        await under.reopen();
        expect(await under.store.find(ada)).toEqual(key);
        expect(await under.store.obtain(ada)).toEqual(key);
        expect(await under.store.find(bob)).toBeNull();
        expect(await failureOf(under.store.obtain(bob))).toBeInstanceOf(KeyDestroyed);
      });

    if (durable)
      it('SEC-27 leaves no key behind for reads that were under way at the destruction, nothing cached', async () => {
        await under.store.obtain(ada);
        await under.reopen();
        await Promise.allSettled([
          under.store.find(ada),
          under.store.obtain(ada),
          under.store.destroy(ada),
          under.store.obtain(ada),
        ]);
        expect(await under.store.find(ada)).toBeNull();
      });
  });
};
