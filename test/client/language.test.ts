import { en } from '../../frontend/src/i18n/en.js';
import { fr } from '../../frontend/src/i18n/fr.js';
import { languageOf } from '../../frontend/src/i18n/language.js';
import type { Words } from '../../frontend/src/i18n/words.js';
import { partsOf } from '../../frontend/src/text/links.js';

/** Words that are the same in both languages. */
const SAME = new Set(['appName', 'conversations', 'participants', 'messages']);

describe('languages', () => {
  it('S106 have the same words, none of them empty, all of them translated', () => {
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof Words)[]) {
      const [english, french] = [en, fr].map((words) => {
        const word = words[key] as string | object | ((...values: unknown[]) => string);
        if (typeof word === 'object') return JSON.stringify(word);
        return typeof word === 'string' ? word : word(2, 'x', 3);
      });
      expect(english).not.toBe('');
      expect(french).not.toBe('');
      if (!SAME.has(key) && key !== 'ribbon' && key !== 'said') expect([key, french]).not.toEqual([key, english]);
    }
  });
  it('S106 say the words of the user guide', () => {
    const { available, offline } = fr.presence.states;
    expect([available, fr.favorites, fr.notInList, offline]).toEqual([
      'Disponible',
      'Favoris',
      'Pas dans la liste',
      'Hors ligne',
    ]);
    expect(en.compose).toBe('Send a message');
    expect(en.unreadTitle).toBe('Unread messages');
  });
  it('S106 count by their own rules', () => {
    expect([0, 1, 2].map(en.unread)).toEqual(['0 unread messages', '1 unread message', '2 unread messages']);
    expect([0, 1, 2].map(fr.unread)).toEqual(['0 message non lu', '1 message non lu', '2 messages non lus']);
  });
  it('French puts narrow no-break spaces before its high punctuation', () => {
    const parts = [fr, fr.problems, fr.roster, fr.presence, fr.presence.states, fr.presence.ends, fr.presence.reasons];
    const words = parts.flatMap((part) => Object.values(part) as unknown[]);
    for (const word of words) {
      if (typeof word === 'object') continue;
      const text = typeof word === 'string' ? word : (word as (...values: unknown[]) => string)(2, 'x', 3);
      expect(text).not.toMatch(/[^\u202f\d][;:!?»]/);
    }
  });
  it('S106 the chosen one wins, then the browser’s, then English', () => {
    expect(languageOf('en', ['fr-FR'])).toBe('en');
    expect(languageOf(null, ['de', 'fr-CA', 'en'])).toBe('fr');
    expect(languageOf('xx', ['de'])).toBe('en');
    expect(languageOf(null, ['constructor', 'toString'])).toBe('en');
  });
});

describe('what is said about people', () => {
  it('S106 is there in both languages, and translated', () => {
    const wordsOf = (part: object): [string, string][] =>
      Object.entries(part as Record<string, unknown>).flatMap(([key, word]): [string, string][] => {
        if (typeof word === 'object' && word !== null)
          return wordsOf(word).map(([inner, text]) => [`${key}.${inner}`, text]);
        return [[key, typeof word === 'string' ? word : (word as (...values: unknown[]) => string)('x', null, null)]];
      });
    const [english, french] = [en, fr].map(({ roster, presence }) => new Map(wordsOf({ roster, presence })));
    expect([...french!.keys()].sort()).toEqual([...english!.keys()].sort());
    for (const [key, text] of english!) {
      expect([key, text]).not.toEqual([key, '']);
      // The same in both languages.
      if (key !== 'presence.ends.half-hour') expect([key, french!.get(key)]).not.toEqual([key, text]);
    }
  });
});

describe('links', () => {
  const hrefs = (text: string) => partsOf(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
  it('S23 are found, and the text around them is kept', () => {
    expect(partsOf('see https://a.example/x?y=1, ok')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' },
      { kind: 'text', text: ', ok' },
    ]);
    expect(hrefs('write to john@example.org')).toEqual(['mailto:john@example.org']);
  });
  it('S23 nothing but http, https and mailto is a link, and HTML is text', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://a.example',
      '//a.example/x',
      'file:///etc/passwd',
    ])
      expect(hrefs(text).filter((href) => !/^(https?|mailto):/.test(href))).toEqual([]);
    expect(partsOf('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'text', text: '<img src=x onerror=alert(1)>' }]);
  });
  it('no part is lost or added', () => {
    for (const text of ['', 'a', 'www.example.org', 'x http://é.example/ü y', 'a\nb https://b.example\n'])
      expect(
        partsOf(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
  });
});
