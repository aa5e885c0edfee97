import { onScopeDispose, ref, type Ref } from 'vue';

type Direction = 'ltr' | 'rtl';

const directionOf = (): Direction => (document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr');

/** The writing direction of the page; parts that move by arrow keys have to know it. */
export const useDirection = (): Ref<Direction> => {
  const direction = ref(directionOf());
  const observer = new MutationObserver(() => (direction.value = directionOf()));
  observer.observe(document.documentElement, { attributeFilter: ['dir'] });
  onScopeDispose(() => {
    observer.disconnect();
  });
  return direction;
};
