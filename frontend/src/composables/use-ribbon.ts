import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { MessageView } from '../../../src/application/protocol/index.js';
import { useClient } from './use-client.js';

/** What came in while one was reading further up (S68 to S71). */
export const useRibbon = (conversationId: () => string, following: Ref<boolean>) => {
  const { client, state } = useClient();
  const arrived = shallowRef<MessageView | null>(null);
  /** As it is by now: it may have been corrected or retracted. */
  const latest = computed((): MessageView | null => {
    const held = arrived.value && state.value.data.transcripts.get(arrived.value.conversationId)?.messages;
    return held?.findLast(({ doc }) => doc.sequence === arrived.value?.sequence)?.doc ?? arrived.value;
  });
  const count = ref(0);
  const forget = client.arrivals.add((message) => {
    if (following.value || message.conversationId !== conversationId()) return;
    arrived.value = message;
    count.value++;
  });
  watch(following, (is) => {
    if (!is) return;
    arrived.value = null;
    count.value = 0;
  });
  onScopeDispose(forget);
  return { latest, count };
};
