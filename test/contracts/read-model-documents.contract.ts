import { HOSTILE, expectNothing } from './hostile-values.js';
import type {
  Generation,
  PageRequest,
  ReadModelStore,
  SearchRequest,
} from '../../src/application/ports/read-model-store.js';
import { patch, put, relist, remove } from './read-model-store.contract.js';

export const describeDocuments = (store: () => ReadModelStore, generation: Generation): void => {
  const apply = (at: number, ...changes: ReturnType<typeof put>[]) => store().apply(generation, [{ at, changes }], at);
  const doc = async (key: string) => (await store().get(generation, [key]))[0] ?? null;

  describe('changes', () => {
    it('put makes and replaces a document whole, with the position of its event', async () => {
      await apply(1, put('a', { x: 1, y: 1 }));
      expect(await doc('a')).toEqual({ key: 'a', at: 1, doc: { x: 1, y: 1 } });
      await apply(2, put('a', { y: 2 }));
      expect(await doc('a')).toEqual({ key: 'a', at: 2, doc: { y: 2 } });
    });

    it('patch sets the named fields only', async () => {
      await apply(1, put('a', { x: 1, y: 1 }));
      await apply(2, patch('a', { y: null }));
      expect(await doc('a')).toEqual({ key: 'a', at: 2, doc: { x: 1, y: null } });
    });

    it('patch with max keeps the greater number, and sets one that is not there', async () => {
      await apply(1, put('a', { n: 5 }));
      await apply(2, patch('a', {}, { n: 3, m: 0 }));
      expect((await doc('a'))?.doc).toEqual({ n: 5, m: 0 });
      await apply(3, patch('a', { s: 1 }, { n: 8, m: -1 }));
      expect((await doc('a'))?.doc).toEqual({ n: 8, m: 0, s: 1 });
    });

    it('patch puts texts into a list once, and takes out those that are in it', async () => {
      await apply(1, put('a', { x: 1, names: ['ada', 'bob'] }));
      await apply(2, relist('a', { names: ['cy', 'ada'] }));
      expect((await doc('a'))?.doc).toEqual({ x: 1, names: ['ada', 'bob', 'cy'] });
      await apply(3, relist('a', {}, { names: ['ada', 'eve'] }));
      expect(await doc('a')).toEqual({ key: 'a', at: 3, doc: { x: 1, names: ['bob', 'cy'] } });
      await apply(4, relist('a', { names: ['dan'] }, { names: ['bob'] }));
      expect((await doc('a'))?.doc).toEqual({ x: 1, names: ['cy', 'dan'] });
    });

    it('patch takes a list that is not there for an empty one', async () => {
      await apply(1, put('a', {}));
      await apply(2, relist('a', { names: ['ada'] }, { others: ['bob'] }));
      expect((await doc('a'))?.doc).toEqual({ names: ['ada'], others: [] });
    });

    it('patch of a list twice, in one batch with others, or late, comes to what it came to once', async () => {
      const batch = [
        { at: 1, changes: [put('a', { names: ['ada'] })] },
        { at: 2, changes: [relist('a', { names: ['bob'] })] },
        { at: 4, changes: [relist('a', { names: ['cy'] }, { names: ['ada'] })] },
      ];
      for (const again of [batch, batch, batch.slice(1), batch.slice(2)]) await store().apply(generation, again, 4);
      await apply(3, relist('a', { names: ['late'] }, { names: ['bob'] }));
      expect(await doc('a')).toEqual({ key: 'a', at: 4, doc: { names: ['bob', 'cy'] } });
    });

    it('patch of a list does not bring a removed document back', async () => {
      await apply(1, put('a', { names: [] }), remove('a'));
      await apply(2, relist('a', { names: ['ada'] }), relist('b', { names: ['ada'] }));
      expect([await doc('a'), await doc('b')]).toEqual([null, null]);
    });

    it('patch touches nothing that is not there', async () => {
      await apply(1, patch('a', { x: 1 }, { n: 1 }));
      expect(await doc('a')).toBeNull();
      await apply(1, put('a', { x: 0 }));
      expect(await doc('a')).toEqual({ key: 'a', at: 1, doc: { x: 0 } });
    });

    it('remove leaves a tombstone that no patch and no late put brings back, but a newer put does', async () => {
      await apply(3, put('a', { x: 1 }));
      await apply(5, remove('a'));
      await apply(4, put('a', { late: true }));
      await apply(6, patch('a', { x: 2 }, { n: 1 }));
      expect(await doc('a')).toBeNull();
      expect(await store().page(generation, { limit: 9, order: 'ascending' })).toEqual([]);
      await apply(7, put('a', { again: true }));
      expect(await doc('a')).toEqual({ key: 'a', at: 7, doc: { again: true } });
    });

    it('remove leaves a tombstone where nothing was', async () => {
      await apply(5, remove('a'));
      await apply(4, put('a', { late: true }));
      expect(await doc('a')).toBeNull();
    });

    it('guards by position: an older event changes nothing, of one document and not of others', async () => {
      await apply(5, put('a', { x: 5 }));
      await apply(3, put('a', { x: 3 }), patch('a', { x: 3 }, { n: 9 }), remove('a'), put('b', { x: 3 }));
      expect(await doc('a')).toEqual({ key: 'a', at: 5, doc: { x: 5 } });
      expect(await doc('b')).toEqual({ key: 'b', at: 3, doc: { x: 3 } });
    });

    it('applies two changes of one event to one document, in order', async () => {
      await apply(4, put('a', { x: 1 }), patch('a', { y: 2 }), patch('a', { x: 3 }));
      expect(await doc('a')).toEqual({ key: 'a', at: 4, doc: { x: 3, y: 2 } });
      await apply(5, remove('a'), put('a', { z: 1 }));
      expect(await doc('a')).toEqual({ key: 'a', at: 5, doc: { z: 1 } });
    });

    it('gives back texts, numbers, lists and null as they were', async () => {
      const all = {
        text: '"\\ \u0000 \u2028 👩‍👩‍👧 ä',
        big: 1.5e300,
        no: null,
        yes: true,
        list: [[], {}, ''],
        __proto__x: 1,
      };
      await apply(1, put('a', all));
      expect((await doc('a'))?.doc).toEqual(all);
    });

    it('keeps its own copy: what is changed afterwards outside does not show', async () => {
      const mutable = { list: [1] };
      await apply(1, put('a', mutable));
      mutable.list.push(2);
      const read = (await doc('a'))?.doc as typeof mutable;
      read.list.push(3);
      expect((await doc('a'))?.doc).toEqual({ list: [1] });
    });
  });

  describe('SEC-20 content that means something to a database', () => {
    const names = ['$where', '$set', 'a.b', '.', '$', '__proto__', 'constructor', '_id', 'at', 'doc', "x'; --", ''];
    const hostile = JSON.parse(
      `{${names.map((name) => `${JSON.stringify(name)}: {"$ne": null}`).join(', ')}}`,
    ) as object;

    it('is stored as it is, in keys, names of fields and values', async () => {
      const keys = ['$where', 'a.b', '__proto__', 'constructor', '$ne/1', "x'; --"];
      await apply(1, ...keys.map((key) => put(key, hostile)));
      await apply(2, ...keys.map((key) => patch(key, { $set: 'x', 'a.b': { $gt: '' } }, { $inc: 1, 'c.d': 2 })));
      const found = await store().page<Record<string, unknown>>(generation, { limit: 99, order: 'ascending' });
      expect(found.map(({ key }) => key)).toEqual([...keys].sort());
      const expected = JSON.stringify(Object.entries({ ...hostile, $set: 'x', 'a.b': { $gt: '' }, $inc: 1, 'c.d': 2 }));
      for (const { doc: one } of found) expect(JSON.stringify(Object.entries(one))).toBe(expected);
      expect((await store().get(generation, ['$where'])).map(({ key }) => key)).toEqual(['$where']);
    });

    it('keeps half of a surrogate pair, and every kind of number', async () => {
      const numbers = [0, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 1.5, 5e-324, 1.7e308];
      await apply(2 ** 40, put('a', { half: '\ud83d', numbers }));
      expect(await doc('a')).toEqual({ key: 'a', at: 2 ** 40, doc: { half: '\ud83d', numbers } });
    });

    it.each(HOSTILE)('finds nothing, or is refused, in the place of a text: %j', async (value) => {
      await apply(1, put('a', {}), put('p/1', {}));
      const text = value as unknown as string;
      await expectNothing(() => store().get(generation, [text]));
      await expectNothing(() => store().page(generation, { partition: text, limit: 9, order: 'ascending' }));
      await expectNothing(() => store().search(generation, [text], { limit: 9, order: 'ascending' }));
      await expectNothing(() => store().search(generation, [text, text], { limit: 9, order: 'ascending' }));
      await expectNothing(() => store().service(text));
    });
  });

  describe('get', () => {
    it('answers those that are there, once, and nothing for no key', async () => {
      await apply(1, put('a', { n: 1 }), put('p/b', { n: 2 }), put('c', {}), remove('c'));
      const found = await store().get(generation, ['p/b', 'x', 'a', 'c', 'a', '']);
      expect(found.map(({ key }) => key).sort()).toEqual(['a', 'p/b']);
      expect(await store().get(generation, [])).toEqual([]);
    });
  });

  describe('page', () => {
    const keys = ['a', 'a/1', 'a/2', 'a/3', 'a-/9', 'a.b', 'ab', 'ab/1', 'a0', 'b/1', '~/z', 'A/1'];
    const paged = async (request: Partial<PageRequest>) =>
      (await store().page(generation, { limit: 99, order: 'ascending', ...request })).map(({ key }) => key);
    beforeEach(() => apply(1, ...keys.map((key) => put(key, {}))));

    it('answers all keys in ASCII order, or the other way round', async () => {
      const sorted = [...keys].sort();
      expect(await paged({})).toEqual(sorted);
      expect(await paged({ order: 'descending' })).toEqual(sorted.reverse());
    });

    it('keeps to a partition, and not to others that begin alike', async () => {
      expect(await paged({ partition: 'a' })).toEqual(['a/1', 'a/2', 'a/3']);
      expect(await paged({ partition: 'ab' })).toEqual(['ab/1']);
      expect(await paged({ partition: 'a-' })).toEqual(['a-/9']);
      expect(await paged({ partition: 'c' })).toEqual([]);
      expect(await paged({ partition: '%' })).toEqual([]);
    });

    it('takes exclusive bounds, within a partition too', async () => {
      expect(await paged({ partition: 'a', after: 'a/1' })).toEqual(['a/2', 'a/3']);
      expect(await paged({ partition: 'a', before: 'a/3' })).toEqual(['a/1', 'a/2']);
      expect(await paged({ partition: 'a', after: 'a/1', before: 'a/3' })).toEqual(['a/2']);
      expect(await paged({ partition: 'a', after: 'a/3', before: 'a/1' })).toEqual([]);
      expect(await paged({ partition: 'a', after: 'A', before: '~' })).toEqual(['a/1', 'a/2', 'a/3']);
      expect(await paged({ after: 'ab', before: 'b/1' })).toEqual(['ab/1']);
    });

    it('takes at most the limit, from the end that the order says', async () => {
      expect(await paged({ partition: 'a', limit: 2 })).toEqual(['a/1', 'a/2']);
      expect(await paged({ partition: 'a', limit: 2, order: 'descending' })).toEqual(['a/3', 'a/2']);
      expect(await paged({ partition: 'a', limit: 1, order: 'descending', before: 'a/3' })).toEqual(['a/2']);
      expect(await paged({ limit: 0 })).toEqual([]);
    });

    it('fills the page in spite of tombstones', async () => {
      await apply(2, remove('a/1'), remove('a/3'));
      expect(await paged({ partition: 'a', limit: 1 })).toEqual(['a/2']);
      expect(await paged({ partition: 'a', limit: 5, order: 'descending' })).toEqual(['a/2']);
    });
  });

  describe('search', () => {
    const people: Generation = 'people__g1';
    const found = async (terms: string[], request: Partial<SearchRequest> = {}) =>
      (await store().search(people, terms, { limit: 99, order: 'ascending', ...request })).map(({ key }) => key);
    const change = (at: number, ...changes: ReturnType<typeof put>[]) => store().apply(people, [{ at, changes }], at);
    beforeEach(async () => {
      await store().prepare(people, { terms: true });
      await change(1, put('c', { terms: ['john', 'doe'] }), put('a', { terms: ['john', 'smith'] }));
      await change(
        2,
        put('b', { terms: ['joan', 'doe', 'doe'] }),
        put('d', { terms: [] }),
        put('e', { terms: ['世界', 'ß%_*'] }),
      );
    });

    it('looks only between its bounds, with one term and with several, in both directions', async () => {
      expect(await found(['jo'], { after: 'a' })).toEqual(['b', 'c']);
      expect(await found(['jo'], { after: 'a', before: 'c' })).toEqual(['b']);
      expect(await found(['doe', 'jo'], { after: 'b' })).toEqual(['c']);
      expect(await found(['jo'], { after: 'a', order: 'descending', limit: 1 })).toEqual(['c']);
      expect(await found(['jo'], { after: 'c', before: 'a' })).toEqual([]);
    });

    it('takes whole terms, and the last one as a prefix, in order of key', async () => {
      expect(await found(['jo'])).toEqual(['a', 'b', 'c']);
      expect(await found(['john', 'd'])).toEqual(['c']);
      expect(await found(['doe', 'jo'])).toEqual(['b', 'c']);
      expect(await found(['joh', 'doe'])).toEqual([]);
      expect(await found(['john', 'john'])).toEqual(['a', 'c']);
      expect(await found(['世'])).toEqual(['e']);
      expect(await found(['johns'])).toEqual([]);
    });

    it('finds nothing for no term, and takes at most the limit', async () => {
      expect(await found([])).toEqual([]);
      expect(await found(['jo'], { limit: 2 })).toEqual(['a', 'b']);
      expect(await found(['jo'], { limit: 0 })).toEqual([]);
    });

    it('begins with the last key when it descends, and goes on before a key, whether that matches or not', async () => {
      expect(await found(['jo'], { order: 'descending' })).toEqual(['c', 'b', 'a']);
      expect(await found(['jo'], { order: 'descending', limit: 2 })).toEqual(['c', 'b']);
      expect(await found(['jo'], { order: 'descending', limit: 2, before: 'b' })).toEqual(['a']);
      expect(await found(['jo'], { order: 'descending', before: 'bb' })).toEqual(['b', 'a']);
      expect(await found(['jo'], { order: 'descending', before: 'a' })).toEqual([]);
      expect(await found(['doe', 'jo'], { order: 'descending', before: 'c' })).toEqual(['b']);
      expect(await found(['jo'], { limit: 1, before: 'c' })).toEqual(['a']);
    });

    it('SEC-12 gives wildcards no meaning', async () => {
      for (const term of [
        '%',
        '*',
        '_',
        'jo%',
        'j_hn',
        '.*',
        '[a-z]',
        '"',
        "'",
        '(',
        'jo|x',
        '^jo',
        '\\\\',
        '$',
        'jo\0',
      ])
        expect(await found([term])).toEqual([]);
      expect(await found(['ß%'])).toEqual(['e']);
    });

    it('follows changes of terms, tombstones and late events', async () => {
      await change(3, patch('c', { terms: ['jim'] }), remove('a'));
      expect(await found(['jo'])).toEqual(['b']);
      expect(await found(['jim'])).toEqual(['c']);
      await change(2, put('c', { terms: ['john'] }), put('a', { terms: ['john'] }));
      expect(await found(['john'])).toEqual([]);
      await change(4, patch('b', { other: 1 }));
      expect(await found(['joan'])).toEqual(['b']);
    });
  });
};
