import { computed, onScopeDispose, ref, watch, watchEffect } from 'vue';
import {
  attend,
  AT_REST,
  callsFor,
  isQuiet,
  openCards,
  titleAt,
  unreadThatCalls,
  type AttentionEvent,
} from '../model/index.js';
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
    () => unreadThatCalls(state.value.data) + openCards(state.value.data).length,
    (total) => {
      happen({ kind: 'unread', total });
    },
  );
  // Invitations and requests call as messages do (S3).
  watch(
    () => openCards(state.value.data),
    (cards, before) => {
      if (cards.some((card) => !before.includes(card))) happen({ kind: 'arrived', windowFocused: document.hasFocus() });
    },
  );

  /** Who is busy is not called (S91); what came meanwhile is counted. */
  const calling = computed(() => attention.value.calling && !isQuiet(state.value.data));
  const callWords = computed(() =>
    unreadThatCalls(state.value.data) > 0 ? words.value.unreadTitle : words.value.roster.newRequest,
  );
  watch(calling, (is) => {
    clearInterval(timer);
    second.value = 0;
    if (is) timer = setInterval(() => second.value++, 1_000);
  });
  watchEffect(() => {
    document.title = titleAt({ calling: calling.value }, second.value, words.value.appName, callWords.value);
  });
  onScopeDispose(() => {
    forget();
    clearInterval(timer);
    document.title = words.value.appName;
  });
};
