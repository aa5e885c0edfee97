import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue';
import type { MessageView } from '../../../src/application/protocol/index.js';
import { useClient } from './use-client.js';

/** A message that another one answers, as it is now. `null`: one may not see it; `undefined`: it is not known yet. */
export const useQuotation = (
  conversationId: () => string,
  sequence: () => number,
): ComputedRef<MessageView | null | undefined> => {
  const { client, state } = useClient();
  const changes = shallowRef(0);
  onScopeDispose(client.quotations.changes.add(() => changes.value++));
  const held = computed(
    () =>
      state.value.data.transcripts.get(conversationId())?.messages.find(({ doc }) => doc.sequence === sequence())?.doc,
  );
  return computed(() => held.value ?? (changes.value, client.quotations.get(conversationId(), sequence())));
};
