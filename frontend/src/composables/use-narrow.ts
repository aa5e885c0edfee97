import { onScopeDispose, ref, type Ref } from 'vue';

/** The same width as in the style sheets. */
const NARROW = '(width < 640px)';

export const useNarrow = (): Ref<boolean> => {
  const query = matchMedia(NARROW);
  const isNarrow = ref(query.matches);
  const look = (): void => {
    isNarrow.value = query.matches;
  };
  query.addEventListener('change', look);
  onScopeDispose(() => {
    query.removeEventListener('change', look);
  });
  return isNarrow;
};
