import { highlighted, searchWords, snippetOf } from '../../frontend/src/text/highlight.js';

const marked = (text: string, search: string): string =>
  highlighted(text, search)
    .map(({ text: part, isHit }) => (isHit ? `[${part}]` : part))
    .join('');

describe('what was searched for', () => {
  it('is told in words, accents and case aside', () => {
    expect(searchWords('  Élan,  VITAL! ')).toEqual(['elan', 'vital']);
    expect(searchWords('…')).toEqual([]);
  });
  it('is marked where whole words are, and the beginning of the last one', () => {
    expect(marked('An élan vital, vitals and revital', 'elan vit')).toBe('An [élan] [vit]al, [vit]als and revital');
    expect(marked('elandom elan', 'elan vit')).toBe('elandom [elan]');
    expect(marked('<b>elan</b>', 'elan')).toBe('<b>[elan]</b>');
    expect(marked('e\u0301lan x', 'élan')).toBe('[élan] x');
    expect(marked('nothing', '')).toBe('nothing');
  });
  it('the text itself is never changed', () => {
    for (const text of ['😀 straße 😀', 'ﬁn de', 'İstanbul', ''])
      expect(
        highlighted(text, 'str fi ist')
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
  });
  it('the snippet is one line around the first hit', () => {
    const parts = snippetOf(`${'far '.repeat(50)}\n the hit ${'more '.repeat(80)}`, 'hit');
    const text = parts.map((part) => part.text).join('');
    expect(text).toMatch(/^….{10,40}hit more.*…$/);
    expect(text).not.toContain('\n');
    expect(Array.from(text).length).toBeLessThan(170);
    expect(parts.filter(({ isHit }) => isHit)).toHaveLength(1);
    expect(snippetOf('short hit', 'hit')).toEqual([
      { text: 'short ', isHit: false },
      { text: 'hit', isHit: true },
    ]);
    expect(snippetOf('', 'hit')).toEqual([]);
  });
});
