import { onScopeDispose, ref } from 'vue';
import { startOf } from '../model/index.js';
import { useClient } from './use-client.js';
import { useWords } from './use-words.js';

/** Speaks at most once in this time, so that a lively chat stays bearable. */
const PAUSE_MS = 1_000;
const SINGLY_MOST = 3;

/** What a screen reader says of messages that come in to the selected conversation: author and text, and no time. */
export const useAnnouncer = () => {
  const { client, state } = useClient();
  const { words } = useWords();
  const spoken = ref('');
  let waiting: string[] = [];
  let isPausing = false;

  const speak = (): void => {
    if (waiting.length === 0) return;
    spoken.value = waiting.length > SINGLY_MOST ? words.value.manyNew(waiting.length) : waiting.join('\n');
    waiting = [];
    isPausing = true;
    setTimeout(() => {
      isPausing = false;
      speak();
    }, PAUSE_MS);
  };
  const forget = client.arrivals.add(({ conversationId, author, text }) => {
    if (conversationId !== state.value.selected || text === null) return;
    const name = state.value.data.people.get(author)?.name ?? words.value.unknownPerson;
    waiting.push(words.value.said(name, startOf(text, 300)));
    if (!isPausing) speak();
  });
  onScopeDispose(forget);
  return spoken;
};
