import { en } from './en.js';
import { fr } from './fr.js';
import type { Words } from './words.js';

export const CATALOGUES = { en, fr } as const satisfies Record<string, Words>;
export type Language = keyof typeof CATALOGUES;
export const LANGUAGES = Object.keys(CATALOGUES) as Language[];

const isLanguage = (text: string): text is Language => Object.hasOwn(CATALOGUES, text);

/** The one chosen before, else the first of the browser's languages that there is, else English. */
export const languageOf = (chosen: string | null, preferred: readonly string[]): Language => {
  for (const tag of [chosen ?? '', ...preferred]) {
    const language = tag.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(language)) return language;
  }
  return 'en';
};
