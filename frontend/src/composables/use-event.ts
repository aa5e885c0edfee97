import { onScopeDispose } from 'vue';

/** Listens as long as the component lives. */
export const useEvent = (target: EventTarget, types: readonly string[], listener: (event: Event) => void): void => {
  for (const type of types) target.addEventListener(type, listener, { passive: true, capture: true });
  onScopeDispose(() => {
    for (const type of types) target.removeEventListener(type, listener, { capture: true });
  });
};
