import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { MessageView } from '../../../src/application/protocol/index.js';
import { useClient } from './use-client.js';

/** What came in while one was reading further up (S68 to S71). */
export const useRibbon = (conversationId: () => string, following: Ref<boolean>) => {
  const { client } = useClient();
  const latest = shallowRef<MessageView | null>(null);
  const count = ref(0);
  const forget = client.arrivals.add((message) => {
    if (following.value || message.conversationId !== conversationId()) return;
    latest.value = message;
    count.value++;
  });
  watch(following, (is) => {
    if (!is) return;
    latest.value = null;
    count.value = 0;
  });
  onScopeDispose(forget);
  return { latest, count };
};
