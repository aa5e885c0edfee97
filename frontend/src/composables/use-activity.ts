import { ref } from 'vue';
import { useEvent } from './use-event.js';

const focused = ref(document.hasFocus());
let inputAt = Date.now();

/** Whether the window has the focus, and how long ago the last key, pointer press or scroll in it was. */
export const useActivity = () => ({ focused, sinceInputMs: (): number => Date.now() - inputAt });

export const watchActivity = (): void => {
  useEvent(window, ['focus', 'blur'], () => (focused.value = document.hasFocus()));
  useEvent(window, ['keydown', 'pointerdown', 'wheel'], () => (inputAt = Date.now()));
};
