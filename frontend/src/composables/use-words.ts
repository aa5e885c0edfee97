import { computed, ref } from 'vue';
import { CATALOGUES, languageOf, type Language } from '../i18n/language.js';

const STORED = 'parley.language';

/** Storage may be forbidden; then the choice lasts as long as the page. */
const stored = (): string | null => {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
};

const language = ref<Language>(languageOf(stored(), navigator.languages));
const words = computed(() => CATALOGUES[language.value]);
document.documentElement.lang = language.value;

const setLanguage = (next: Language): void => {
  language.value = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // See above.
  }
};

export const useWords = () => ({ words, language, setLanguage });
