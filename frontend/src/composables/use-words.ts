import { computed, ref } from 'vue';
import { CATALOGUES, languageOf, type Language } from '../i18n/language.js';
import { kept } from './kept.js';

const STORED = 'parley.language';

const language = ref<Language>(languageOf(kept.get(STORED), navigator.languages));
const words = computed(() => CATALOGUES[language.value]);
document.documentElement.lang = language.value;

const setLanguage = (next: Language): void => {
  language.value = next;
  document.documentElement.lang = next;
  kept.set(STORED, next);
};

export const useWords = () => ({ words, language, setLanguage });
