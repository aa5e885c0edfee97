import type { Credential, CredentialStore } from '../../src/application/ports/credential-store.js';
import type { UserId } from '../../src/domain/kernel/ids.js';
import { failureOf } from '../support/eventually.js';
import { ada, bob, nthId } from '../support/events.js';
import { HOSTILE, expectNothing } from './hostile-values.js';

export interface CredentialStoreUnderTest {
  readonly store: CredentialStore;
  /** Closes the adapter and opens it again on what it stored. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

const ofAda: Credential = { login: 'ada', userId: ada, passwordHash: '$argon2id$ada' };
const ofBob: Credential = { login: 'bób ó', userId: bob, passwordHash: '$argon2id$bob' };

export const describeCredentialStore = (
  name: string,
  { durable }: { readonly durable: boolean },
  open: () => Promise<CredentialStoreUnderTest>,
): void => {
  describe(`credential store: ${name}`, () => {
    let under: CredentialStoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.close();
    });

    it('knows nobody at first', async () => {
      expect(await under.store.find('ada')).toBeNull();
      expect(await under.store.ofUser(ada)).toBeNull();
    });

    it('reserves logins and finds them by login and by person, exactly', async () => {
      expect(await under.store.reserve([ofAda, ofBob])).toEqual([ofAda, ofBob]);
      expect(await under.store.find('ada')).toEqual(ofAda);
      expect(await under.store.ofUser(bob)).toEqual(ofBob);
      for (const other of ['Ada', 'ad', 'ada ', '%', 'bob o', '']) expect(await under.store.find(other)).toBeNull();
    });

    it('leaves a taken login as it is, and says in order whose each is', async () => {
      await under.store.reserve([ofAda]);
      const thief = { ...ofAda, userId: nthId<UserId>(9, 1), passwordHash: '$argon2id$thief' };
      expect(await under.store.reserve([ofBob, thief])).toEqual([ofBob, ofAda]);
      expect(await under.store.find('ada')).toEqual(ofAda);
      expect(await under.store.ofUser(thief.userId)).toBeNull();
    });

    it('gives a login that is asked for twice to the first, in one call and in many', async () => {
      const claims = Array.from({ length: 10 }, (_, n) => ({ ...ofAda, userId: nthId<UserId>(n + 10, 1) }));
      const [first, second] = await under.store.reserve(claims.slice(0, 2));
      expect(second).toEqual(first);
      const others = await Promise.all(claims.map((claim) => under.store.reserve([claim])));
      for (const [inForce] of others) expect(inForce).toEqual(claims[0]);
    });

    it('reserves nothing when asked for nothing, and thousands when asked for thousands', async () => {
      expect(await under.store.reserve([])).toEqual([]);
      const many = Array.from({ length: 3_000 }, (_, n) => ({
        login: `user${n}`,
        userId: nthId<UserId>(n + 1, 9),
        passwordHash: `$argon2id$${n}`,
      }));
      expect(await under.store.reserve(many)).toEqual(many);
      expect(await under.store.find('user2999')).toEqual(many[2_999]);
    });

    it('replaces the hash of one person alone', async () => {
      await under.store.reserve([ofAda, ofBob]);
      await under.store.setPasswordHash(ada, '$argon2id$new');
      expect(await under.store.find('ada')).toEqual({ ...ofAda, passwordHash: '$argon2id$new' });
      expect(await under.store.find(ofBob.login)).toEqual(ofBob);
    });

    it('fails to set the hash of nobody', async () => {
      expect((await failureOf(under.store.setPasswordHash(ada, '$argon2id$new'))).message).toContain(ada);
      expect(await under.store.ofUser(ada)).toBeNull();
    });

    it.each(HOSTILE)('SEC-20 finds and changes nothing, or refuses, for %j in the place of a text', async (value) => {
      await under.store.reserve([ofAda]);
      const text = value as unknown as UserId;
      await expectNothing(() => under.store.find(text));
      await expectNothing(() => under.store.ofUser(text));
      await expectNothing(() => under.store.setPasswordHash(text, '$argon2id$thief'));
      expect(await under.store.find('ada')).toEqual(ofAda);
    });

    it('keeps logins that mean something to a database as they are', async () => {
      const odd = ['$where', 'a.b', '__proto__', 'constructor', "x'; --", '$ne'].map((login, n) => ({
        ...ofAda,
        login,
        userId: nthId<UserId>(n + 1, 4),
      }));
      expect(await under.store.reserve(odd)).toEqual(odd);
      for (const one of odd) expect(await under.store.find(one.login)).toEqual(one);
    });

    if (durable)
      it('keeps credentials and new hashes over a restart', async () => {
        await under.store.reserve([ofAda, ofBob]);
        await under.store.setPasswordHash(bob, '$argon2id$new');
        await under.reopen();
        expect(await under.store.ofUser(ada)).toEqual(ofAda);
        expect(await under.store.ofUser(bob)).toEqual({ ...ofBob, passwordHash: '$argon2id$new' });
        expect(await under.store.reserve([{ ...ofAda, userId: bob }])).toEqual([ofAda]);
      });
  });
};
