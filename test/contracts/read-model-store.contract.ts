import type { Generation, ReadModelStore, Service } from '../../src/application/ports/read-model-store.js';
import { asInstant } from '../../src/domain/kernel/instant.js';
import type { Change } from '../../src/projections/runtime/change.js';
import { failureOf } from '../support/eventually.js';
import { describeDocuments } from './read-model-documents.contract.js';
import { describeSchedules } from './read-model-schedules.contract.js';
import { describeWriters } from './read-model-writers.contract.js';

/** An adapter with an empty store of its own. */
export interface ReadModelStoreUnderTest {
  readonly store: ReadModelStore;
  /** Closes the adapter and opens it again on what it stored. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}
export type OpenReadModelStore = () => Promise<ReadModelStoreUnderTest>;

export const put = (key: string, doc: object): Change<object> => ({ op: 'put', key, doc });
export const patch = (key: string, set: object, max: object = {}): Change<object> => ({ op: 'patch', key, set, max });
/** Puts texts into lists, and takes others out of them. */
export const relist = (key: string, include: object, exclude: object = {}): Change<object> => ({
  op: 'patch',
  key,
  include,
  exclude,
});
export const remove = (key: string): Change<object> => ({ op: 'remove', key });

const serving = (revision: number, number: number): Service => ({
  revision,
  serving: number,
  kept: null,
  candidate: null,
  last: number,
});

const first: Generation = 'things__g1';
const second: Generation = 'things__g2';

/** What the port promises, for one adapter. One that is not `durable` keeps nothing when it is closed. */
export const describeReadModelStore = (
  name: string,
  { durable }: { readonly durable: boolean },
  open: OpenReadModelStore,
): void => {
  describe(`read-model store: ${name}`, () => {
    let under: ReadModelStoreUnderTest;
    const store = (): ReadModelStore => under.store;
    beforeEach(async () => {
      under = await open();
      await store().prepare(first, { terms: false });
    });
    afterEach(async () => {
      await under.close();
    });

    describeDocuments(store, first);
    describeCheckpoint(store);
    describeGenerations(store);
    describeSchedules(store);
    describeWriters(store);

    if (durable)
      it('keeps documents, tombstones, checkpoint and the serving generation together over a restart', async () => {
        await store().apply(first, [{ at: 3, changes: [put('a', { n: 1 }), put('b', { n: 2 }), remove('b')] }], 4);
        await store().changeService('things', serving(1, 1));
        await under.reopen();
        await store().prepare(first, { terms: false });
        expect(await store().checkpoint(first)).toBe(4);
        expect(await store().service('things')).toEqual(serving(1, 1));
        await store().apply(first, [{ at: 2, changes: [put('b', { late: true })] }], 2);
        expect(await store().page(first, { limit: 9, order: 'ascending' })).toEqual([
          { key: 'a', at: 3, doc: { n: 1 } },
        ]);
      });
  });
};

const describeCheckpoint = (store: () => ReadModelStore): void => {
  describe('checkpoint', () => {
    it('is 0 before the first batch, and for a generation that is not there', async () => {
      expect(await store().checkpoint(first)).toBe(0);
      expect(await store().checkpoint('unknown__g7')).toBe(0);
    });

    it('moves with the batch, without one too, and never back', async () => {
      await store().apply(first, [{ at: 5, changes: [put('a', {})] }], 7);
      expect(await store().checkpoint(first)).toBe(7);
      await store().apply(first, [], 9);
      expect(await store().checkpoint(first)).toBe(9);
      await store().apply(first, [{ at: 6, changes: [put('b', {})] }], 6);
      expect(await store().checkpoint(first)).toBe(9);
    });
  });
};

const describeGenerations = (store: () => ReadModelStore): void => {
  describe('generations', () => {
    const keysOf = async (generation: Generation) =>
      (await store().page(generation, { limit: 99, order: 'ascending' })).map(({ key }) => key);

    it('are apart: documents and checkpoint of one are not those of another', async () => {
      await store().prepare(second, { terms: false });
      await store().apply(first, [{ at: 5, changes: [put('a', {})] }], 5);
      await store().apply(second, [{ at: 2, changes: [put('b', {})] }], 2);
      expect(await keysOf(first)).toEqual(['a']);
      expect(await keysOf(second)).toEqual(['b']);
      expect([await store().checkpoint(first), await store().checkpoint(second)]).toEqual([5, 2]);
    });

    it('can be prepared again without losing anything', async () => {
      await store().apply(first, [{ at: 5, changes: [put('a', {})] }], 5);
      await store().prepare(first, { terms: false });
      expect(await keysOf(first)).toEqual(['a']);
      expect(await store().checkpoint(first)).toBe(5);
    });

    it('are gone when dropped, tombstones too, and empty when prepared again; dropping twice is no error', async () => {
      await store().apply(first, [{ at: 5, changes: [put('a', {}), put('b', {}), remove('b')] }], 5);
      await store().prepare(second, { terms: true });
      await store().apply(second, [{ at: 5, changes: [put('c', { terms: ['old'] })] }], 5);
      for (const generation of [first, second, first, second]) await store().drop(generation);
      expect(await store().checkpoint(first)).toBe(0);
      await store().prepare(first, { terms: false });
      await store().prepare(second, { terms: true });
      expect(await keysOf(first)).toEqual([]);
      expect(await store().search(second, ['old'], { limit: 9, order: 'ascending' })).toEqual([]);
      await store().apply(first, [{ at: 1, changes: [put('b', { n: 1 })] }], 1);
      expect(await store().get(first, ['b'])).toEqual([{ key: 'b', at: 1, doc: { n: 1 } }]);
    });

    it('cannot be written or read before they are prepared', async () => {
      await failureOf(store().apply('other__g1', [{ at: 1, changes: [put('a', {})] }], 1));
      await failureOf(store().page('other__g1', { limit: 1, order: 'ascending' }));
      expect(await store().checkpoint('other__g1')).toBe(0);
    });

    it.each(['things', 'things__g', 'Things__g1', 'a"; DROP TABLE x; --__g1', '__g1'])(
      'refuse a name that is none: %s',
      async (name) => {
        await failureOf((async () => store().prepare(name as Generation, { terms: false }))());
      },
    );

    it('serve by compare-and-set: of many who change the same, one wins', async () => {
      const change = (next: Service) => store().changeService('things', next);
      expect(await store().service('things')).toBeNull();
      expect(await change(serving(2, 1))).toBe(false);
      const firsts = await Promise.all([1, 2, 3].map((number) => change(serving(1, number))));
      expect(firsts.filter(Boolean)).toHaveLength(1);
      const first = await store().service('things');
      expect(first).toEqual(serving(1, firsts.indexOf(true) + 1));
      expect(await change(serving(1, 4))).toBe(false);
      expect(await change(serving(3, 4))).toBe(false);
      expect(await store().service('things')).toEqual(first);
      const tries = await Promise.all([5, 6, 7].map((number) => change(serving(2, number))));
      expect(tries.filter(Boolean)).toHaveLength(1);
      const full: Service = {
        revision: 3,
        serving: 8,
        kept: { number: 7, until: asInstant(1_700_000_000_000) },
        candidate: { number: 9, startedAt: asInstant(1_600_000_000_000), state: 'differs' },
        last: 9,
      };
      expect(await change(full)).toBe(true);
      expect(await store().service('things')).toEqual(full);
      expect(await change(serving(4, 7))).toBe(true);
      expect(await store().service('things')).toEqual(serving(4, 7));
      expect(await store().service('others')).toBeNull();
    });
  });
};
