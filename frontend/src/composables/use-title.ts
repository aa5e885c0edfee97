import { computed, onScopeDispose, ref, watch, watchEffect } from 'vue';
import { attend, AT_REST, callsFor, titleAt, unreadThatCalls, type AttentionEvent } from '../model/index.js';
import { useActivity } from './use-activity.js';
import { useClient } from './use-client.js';
import { useWords } from './use-words.js';

/** The window title calls while something came in that nobody looked at (S60 to S63). */
export const useTitle = (): void => {
  const { client, state } = useClient();
  const { words } = useWords();
  const { focused } = useActivity();
  const attention = ref(AT_REST);
  const second = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;

  const happen = (event: AttentionEvent): void => {
    attention.value = attend(attention.value, event);
  };
  const forget = client.arrivals.add((message) => {
    const { data } = state.value;
    if (callsFor(message, data.tabs.get(message.conversationId)?.doc, data.self?.id))
      happen({ kind: 'arrived', windowFocused: document.hasFocus() });
  });
  watch(focused, (is) => {
    if (is) happen({ kind: 'window-focused' });
  });
  watch(
    () => unreadThatCalls(state.value.data),
    (total) => {
      happen({ kind: 'unread', total });
    },
  );

  const calling = computed(() => attention.value.calling);
  watch(calling, (is) => {
    clearInterval(timer);
    second.value = 0;
    if (is) timer = setInterval(() => second.value++, 1_000);
  });
  watchEffect(() => {
    document.title = titleAt(attention.value, second.value, words.value.appName, words.value.unreadTitle);
  });
  onScopeDispose(() => {
    forget();
    clearInterval(timer);
    document.title = words.value.appName;
  });
};
