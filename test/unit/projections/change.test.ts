import { applyChange, type Change } from '../../../src/projections/runtime/change.js';

interface Doc {
  readonly n?: number;
  readonly text?: string | null;
}
const doc: Doc = Object.freeze({ n: 5, text: 'a' });
const patch = (set?: Doc, max?: Doc): Change<Doc> => ({
  op: 'patch',
  key: 'k',
  ...(set && { set }),
  ...(max && { max }),
});

describe('applyChange', () => {
  it('put is the new document, whatever was', () => {
    const next = { n: 1 };
    for (const before of [null, doc]) expect(applyChange(before, { op: 'put', key: 'k', doc: next })).toEqual(next);
  });

  it('remove leaves none', () => {
    for (const before of [null, doc]) expect(applyChange(before, { op: 'remove', key: 'k' })).toBeNull();
  });

  it('patch of none is none', () => expect(applyChange(null, patch({ n: 1 }, { n: 2 }))).toBeNull());

  it('patch leaves the former document untouched', () => {
    expect(applyChange(doc, patch({ text: 'b' }))).toEqual({ n: 5, text: 'b' });
    expect(doc).toEqual({ n: 5, text: 'a' });
  });

  it.each([
    [4, 5],
    [5, 5],
    [6, 6],
    [-1, 5],
  ])('max %d over 5 is %d', (given, expected) => {
    expect(applyChange(doc, patch(undefined, { n: given }))).toEqual({ n: expected, text: 'a' });
  });

  it('max sets a number that is not there, a negative one too', () => {
    expect(applyChange<Doc>({}, patch(undefined, { n: -3 }))).toEqual({ n: -3 });
  });

  it('max compares with what set has just set', () => {
    expect(applyChange(doc, patch({ n: 1 }, { n: 3 }))).toEqual({ n: 3, text: 'a' });
  });

  it('max has no meaning for what is not a number', () => {
    expect(applyChange(doc, patch(undefined, { text: 'z' }))).toEqual(doc);
  });

  it.each([
    [{ include: ['c', 'a'] }, ['a', 'b', 'c']],
    [{ exclude: ['a', 'z'] }, ['b']],
    [{ include: ['c'], exclude: ['b'] }, ['a', 'c']],
    [{ include: ['c'], exclude: ['c'] }, ['a', 'b']],
  ])('%j of a, b comes to %j', ({ include, exclude }: { include?: string[]; exclude?: string[] }, expected) => {
    const change: Change<{ names: readonly string[] }> = {
      op: 'patch',
      key: 'k',
      ...(include && { include: { names: include } }),
      ...(exclude && { exclude: { names: exclude } }),
    };
    const names = Object.freeze(['a', 'b']);
    const once = applyChange({ names }, change);
    expect(once).toEqual({ names: expected });
    expect(applyChange(once, change)).toEqual(once);
  });

  it.each([
    patch({ text: 'b' }, { n: 9 }),
    { op: 'put', key: 'k', doc: { n: 0 } } as const,
    { op: 'remove', key: 'k' } as const,
  ])('$op twice is the same as once', (change: Change<Doc>) => {
    const once = applyChange(doc, change);
    expect(applyChange(once, change)).toEqual(once);
  });
});
