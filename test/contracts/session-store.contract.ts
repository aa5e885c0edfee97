import type { Session, SessionStore } from '../../src/application/ports/session-store.js';
import { asInstant } from '../../src/domain/kernel/instant.js';
import type { SessionId, UserId } from '../../src/domain/kernel/ids.js';
import { ada, bob, nthId } from '../support/events.js';
import { HOSTILE, expectNothing } from './hostile-values.js';

export interface SessionStoreUnderTest {
  readonly store: SessionStore;
  /** Closes the adapter and opens it again on what it stored. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

const session = (n: number, userId: UserId = ada, startedAt = 1_000, lastSeenAt = startedAt): Session => ({
  id: nthId<SessionId>(n, 3),
  userId,
  startedAt: asInstant(startedAt),
  lastSeenAt: asInstant(lastSeenAt),
});

export const describeSessionStore = (
  name: string,
  { durable }: { readonly durable: boolean },
  open: () => Promise<SessionStoreUnderTest>,
): void => {
  describe(`session store: ${name}`, () => {
    let under: SessionStoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.close();
    });
    const found = async (...tokens: string[]) =>
      (await Promise.all(tokens.map((token) => under.store.find(token)))).map((one) => one !== null);

    it('SEC-5 finds a session by the hash of its token, and by nothing else', async () => {
      await under.store.add('hash-1', session(1));
      expect(await under.store.find('hash-1')).toEqual(session(1));
      expect(await found('hash-2', '', 'hash', session(1).id)).toEqual([false, false, false, false]);
    });

    it('moves the time of last sight forward only, of that session only', async () => {
      await under.store.add('hash-1', session(1));
      await under.store.add('hash-2', session(2));
      await under.store.touch(session(1).id, asInstant(5_000));
      await under.store.touch(session(1).id, asInstant(4_000));
      await under.store.touch(nthId<SessionId>(99, 3), asInstant(9_000));
      expect(await under.store.find('hash-1')).toEqual(session(1, ada, 1_000, 5_000));
      expect(await under.store.find('hash-2')).toEqual(session(2));
    });

    it('SEC-5 removes one session; again is no error', async () => {
      await under.store.add('hash-1', session(1));
      await under.store.add('hash-2', session(2));
      await under.store.remove(session(1).id);
      await under.store.remove(session(1).id);
      await under.store.touch(session(1).id, asInstant(5_000));
      expect(await found('hash-1', 'hash-2')).toEqual([false, true]);
    });

    it('SEC-5 removes all sessions of a person and nobody else’s', async () => {
      await under.store.add('hash-1', session(1));
      await under.store.add('hash-2', session(2));
      await under.store.add('hash-3', session(3, bob));
      await under.store.removeAllOf(ada);
      await under.store.removeAllOf(ada);
      expect(await found('hash-1', 'hash-2', 'hash-3')).toEqual([false, false, true]);
    });

    it('SEC-5 forgets what was idle or lasted too long, keeps what is just within, and says how many', async () => {
      await under.store.add('idle', session(1, ada, 900, 1_999));
      await under.store.add('too old', session(2, ada, 499, 9_000));
      await under.store.add('both', session(3, bob, 1, 1));
      await under.store.add('just within', session(4, bob, 500, 2_000));
      const limits = { idle: asInstant(2_000), absolute: asInstant(500) };
      expect(await under.store.prune(limits)).toBe(3);
      expect(await found('idle', 'too old', 'both', 'just within')).toEqual([false, false, false, true]);
      expect(await under.store.prune(limits)).toBe(0);
    });

    it.each(HOSTILE)('SEC-20 finds and removes nothing, or refuses, for %j in the place of an id', async (value) => {
      await under.store.add('hash-1', session(1));
      const text = value as unknown as SessionId & UserId;
      await expectNothing(() => under.store.find(text));
      for (const write of [
        () => under.store.remove(text),
        () => under.store.removeAllOf(text),
        () => under.store.touch(text, asInstant(9_000)),
      ])
        await expectNothing(write);
      expect(await under.store.find('hash-1')).toEqual(session(1));
    });

    if (durable)
      it('SEC-5 keeps sessions and their ends over a restart', async () => {
        await under.store.add('hash-1', session(1));
        await under.store.add('hash-2', session(2));
        await under.store.remove(session(2).id);
        await under.reopen();
        expect(await under.store.find('hash-1')).toEqual(session(1));
        expect(await under.store.find('hash-2')).toBeNull();
      });
  });
};
