import { onScopeDispose, ref, type Ref } from 'vue';

/** The time, looked at anew every so many milliseconds. */
export const useNow = (everyMs: number): Ref<number> => {
  const now = ref(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), everyMs);
  onScopeDispose(() => {
    clearInterval(timer);
  });
  return now;
};
