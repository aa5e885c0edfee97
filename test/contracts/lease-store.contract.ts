import type { LeaseStore } from '../../src/application/ports/lease-store.js';
import { asInstant } from '../../src/domain/kernel/instant.js';

export interface LeaseStoreUnderTest {
  readonly store: LeaseStore;
  close(): Promise<void>;
}

/** What the port promises, for one adapter with an empty store. */
export const describeLeaseStore = (name: string, open: () => Promise<LeaseStoreUnderTest>): void => {
  describe(`lease store: ${name}`, () => {
    let under: LeaseStoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.close();
    });
    const take = (holder: string, now: number, until: number, note = '', lease = 'job:one') =>
      under.store.take({ name: lease, holder, now: asInstant(now), until: asInstant(until), note });

    it('gives a free lease to who asks, with a first token', async () => {
      const lease = { name: 'job:one', holder: 'ada', token: 1, until: 2_000, note: '{"at":7}' };
      expect(await take('ada', 1_000, 2_000, '{"at":7}')).toEqual(lease);
      expect(await under.store.leases('')).toEqual([lease]);
    });

    it('is kept from others until it has ended, and then has a greater token', async () => {
      await take('ada', 1_000, 2_000, 'hers');
      expect(await take('bob', 1_999, 5_000, 'his')).toMatchObject({
        holder: 'ada',
        token: 1,
        until: 2_000,
        note: 'hers',
      });
      expect(await take('bob', 2_000, 5_000, 'his')).toMatchObject({
        holder: 'bob',
        token: 2,
        until: 5_000,
        note: 'his',
      });
      expect(await take('ada', 2_001, 9_000)).toMatchObject({ holder: 'bob', token: 2, until: 5_000 });
    });

    it('is prolonged by its holder, ended or not, with the same token and a new note', async () => {
      await take('ada', 1_000, 2_000, 'first');
      expect(await take('ada', 1_500, 2_500, 'second')).toMatchObject({ token: 1, until: 2_500, note: 'second' });
      expect(await take('ada', 9_000, 9_500, 'third')).toMatchObject({ token: 1, until: 9_500, note: 'third' });
    });

    it('is free once given back, with its note; giving back what is another’s changes nothing', async () => {
      await take('ada', 1_000, 2_000, 'done');
      await under.store.release('job:one', 'bob');
      expect(await take('bob', 1_001, 3_000)).toMatchObject({ holder: 'ada' });
      await under.store.release('job:one', 'ada');
      expect(await under.store.leases('job:')).toMatchObject([{ holder: 'ada', until: 0, note: 'done' }]);
      expect(await take('bob', 1_001, 3_000)).toMatchObject({ holder: 'bob', token: 2 });
      await under.store.release('nothing', 'ada');
    });

    it('goes to one of many who ask at once', async () => {
      const holders = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
      for (const now of [1_000, 2_000, 3_000]) {
        const answers = await Promise.all(holders.map((holder) => take(holder, now, now + 1_000)));
        const [first] = answers;
        expect(new Set(answers.map(({ holder }) => holder)).size).toBe(1);
        expect(answers.every(({ token }) => token === first?.token)).toBe(true);
      }
    });

    it('are apart, and listed by the beginning of their names', async () => {
      await take('ada', 1, 2, '', 'job:two');
      await take('bob', 1, 2, '', 'job:one');
      await take('eve', 1, 2, '', 'jobs');
      await take('eve', 1, 2, '', 'other');
      const namesOf = async (prefix: string) => (await under.store.leases(prefix)).map(({ name: lease }) => lease);
      expect(await namesOf('job:')).toEqual(['job:one', 'job:two']);
      expect(await namesOf('')).toEqual(['job:one', 'job:two', 'jobs', 'other']);
      expect(await namesOf('none')).toEqual([]);
    });
  });
};
