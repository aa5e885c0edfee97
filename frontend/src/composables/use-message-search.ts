import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { MessageView } from '../../../src/application/protocol/index.js';
import { QueryFailed } from '../session/index.js';
import { searchWords } from '../text/highlight.js';
import { useClient } from './use-client.js';

const DEBOUNCE_MS = 250;
const LIMIT = 20;

export type SearchState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly messages: readonly MessageView[]; readonly more: boolean }
  /** The code of the server's error; `null`: there was no answer. */
  | { readonly kind: 'failed'; readonly reason: QueryFailed['reason'] | null };

/** What was searched for last is there again when one searches again. */
const text = ref('');
const everywhere = ref(false);

/** Searches messages while words are being typed; an answer to older words is not shown. */
export const useMessageSearch = (conversationId: () => string) => {
  const { client } = useClient();
  const state = shallowRef<SearchState>({ kind: 'idle' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let run = 0;

  /** Further results end where the present ones end; over all conversations there is no such place, and more are asked for at once. */
  const ask = async (present: readonly MessageView[]): Promise<void> => {
    const own = ++run;
    const place = everywhere.value
      ? { limit: Math.min(100, present.length + LIMIT) }
      : { conversationId: conversationId(), limit: LIMIT };
    const last = everywhere.value ? undefined : present.at(-1)?.sequence;
    if (present.length === 0) state.value = { kind: 'searching' };
    try {
      const before = last === undefined ? {} : { before: last };
      const { messages, more } = await client.ask('transcript.search', { text: text.value, ...place, ...before });
      if (own !== run) return;
      const found = messages.map(({ doc }) => doc);
      client.wantPeople(found.map(({ author }) => author));
      const all = everywhere.value ? found : [...present, ...found];
      state.value = { kind: 'found', messages: all, more: more && all.length < (everywhere.value ? 100 : Infinity) };
    } catch (error) {
      if (own === run) state.value = { kind: 'failed', reason: error instanceof QueryFailed ? error.reason : null };
    }
  };
  const look = (): void => {
    clearTimeout(timer);
    run++;
    if (searchWords(text.value).length === 0) state.value = { kind: 'idle' };
    else timer = setTimeout(() => void ask([]), DEBOUNCE_MS);
  };
  watch([text, everywhere], look, { immediate: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    run++;
  });
  return {
    text,
    everywhere,
    state,
    again: look,
    more: (): void => {
      if (state.value.kind === 'found') void ask(state.value.messages);
    },
  };
};
