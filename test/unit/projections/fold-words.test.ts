import { foldWords } from '../../../src/projections/runtime/fold-words.js';

describe('foldWords', () => {
  it.each([
    ['John Doe', ['john', 'doe']],
    ['  john.doe@example.org ', ['john', 'doe', 'example', 'org']],
    ['Zoë Ångström-Müller', ['zoe', 'angstrom', 'muller']],
    ['Zoe\u0308', ['zoe']],
    ['O’Brien', ['o', 'brien']],
    ['ﬁne ①②', ['fine', '12']],
    ['ＦＵＬＬ', ['full']],
    ['İstanbul', ['istanbul']],
    ['Иван Ёлкин', ['иван', 'елкин']],
    ['世界 123', ['世界', '123']],
    ['%*_.\\ -', []],
    ['', []],
  ])('%j is %j', (text, words) => {
    expect(foldWords(text)).toEqual(words);
  });

  it('is the same for texts that were folded already', () => {
    for (const text of ['Zoë Ångström', 'ﬁne', 'Straße', 'Σίσυφος'])
      expect(foldWords(foldWords(text).join(' '))).toEqual(foldWords(text));
  });

  it('SEC-21 takes a long text in a moment', () => {
    const began = performance.now();
    foldWords('a'.repeat(100_000) + '\u0301'.repeat(100_000) + '.'.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
