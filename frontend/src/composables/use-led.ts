import { nextTick, onScopeDispose, ref, watch } from 'vue';
import { lineOf, type Line } from '../model/index.js';
import { useClient } from './use-client.js';
import { useJump } from './use-jump.js';

const SHOWN_MS = 3_000;

/** Leads to a message of this conversation that somebody wants to see, and marks it for a moment. */
export const useLed = (
  conversationId: () => string,
  lines: () => readonly Line[],
  show: (key: string) => Promise<void>,
) => {
  const { client } = useClient();
  const { target, arrived } = useJump();
  const shownKey = ref<string | null>(null);
  /** One may not see it, or it could not be loaded. */
  const isUnseen = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (act: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(act, SHOWN_MS);
  };
  const lead = async (sequence: number): Promise<void> => {
    isUnseen.value = false;
    const isThere = await client.loadAround(conversationId(), sequence);
    await nextTick();
    const key = isThere ? lineOf(lines(), sequence)?.key : undefined;
    if (key === undefined) isUnseen.value = true;
    else {
      await show(key);
      shownKey.value = key;
    }
    later(() => {
      shownKey.value = null;
      isUnseen.value = false;
    });
  };
  const isLed = (): boolean => target.value?.conversationId === conversationId();
  watch(
    target,
    (wanted) => {
      if (!wanted || !isLed()) return;
      void lead(wanted.sequence).finally(arrived);
    },
    { immediate: true, flush: 'post' },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
  });
  return { shownKey, isUnseen, isLed };
};
