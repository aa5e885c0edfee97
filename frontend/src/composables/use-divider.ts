import { ref, watch, type Ref } from 'vue';
import { nextDivider, type ConversationSummary } from '../model/index.js';

/** The "New" divider of the conversation that is looked at, for as long as it is looked at. */
export const useDivider = (summary: () => ConversationSummary) => {
  const divider: Ref<number | null> = ref(null);
  watch(
    () => [summary().unread, summary().tab.readMarker] as const,
    ([unread], before) => {
      // The marker of before: reading moves it together with the count.
      const readMarker = before && unread === 0 ? before[1] : summary().tab.readMarker;
      divider.value = nextDivider(divider.value, { unread, readMarker });
    },
    { immediate: true, flush: 'sync' },
  );
  return { divider, clear: () => (divider.value = null) };
};
