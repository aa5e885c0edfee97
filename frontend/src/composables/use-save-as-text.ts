import { onScopeDispose, ref } from 'vue';
import { wholeTranscript, type Entry } from '../client/whole-transcript.js';
import { startOf } from '../model/index.js';
import { fileNameOf, savedText, stampOf, type SaveOptions } from '../text/saved-text.js';
import { useClient } from './use-client.js';
import { useNames } from './use-names.js';
import { useNoticeTexts } from './use-notice-texts.js';
import { useWords } from './use-words.js';

export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly count: number }
  | { readonly kind: 'saved'; readonly count: number }
  | { readonly kind: 'failed' };

const offsetAt = (instant: number): number => -new Date(instant).getTimezoneOffset();

const download = (text: string, name: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
};

/** Saves what one may see of a conversation as a text file, page by page from the oldest on. */
export const useSaveAsText = () => {
  const { client, state } = useClient();
  const { words } = useWords();
  const { nameOf } = useNames();
  const { textsOf } = useNoticeTexts();
  const saving = ref<Saving>({ kind: 'idle' });
  /** Whoever starts, or cancels, ends what ran before. */
  let run = 0;

  /** Names come in by themselves; a file waits for them, but not for ever. */
  const named = async (entries: readonly Entry[]): Promise<void> => {
    const ids = entries.flatMap((entry) =>
      entry.kind === 'message' ? [entry.message.author] : [entry.notice.by, ...entry.notice.users],
    );
    client.wantPeople(ids);
    for (let tries = 0; tries < 20; tries++) {
      if (ids.every((id) => state.value.data.people.has(id))) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  const save = async (conversationId: string, title: string): Promise<void> => {
    const own = ++run;
    const quotes = new Map<number, { readonly author: string; readonly start: string }>();
    const options: SaveOptions = {
      words: words.value.message,
      erased: words.value.erased,
      nameOf,
      noticeTexts: textsOf,
      offsetAt,
      quoteOf: (sequence) => quotes.get(sequence) ?? null,
    };
    const stamp = stampOf(Date.now(), offsetAt(Date.now()));
    const parts = [`${words.value.message.saveHead(title, stamp)}\n\n`];
    let count = 0;
    saving.value = { kind: 'saving', count };
    try {
      for await (const entries of wholeTranscript((data) => client.ask('transcript.page', data), conversationId)) {
        if (own !== run) return;
        await named(entries);
        for (const entry of entries) {
          parts.push(savedText(entry, options));
          if (entry.kind !== 'message') continue;
          count++;
          const { sequence, author, text } = entry.message;
          quotes.set(sequence, { author, start: startOf(text ?? words.value.message.saveRemoved, 60) });
        }
        saving.value = { kind: 'saving', count };
      }
      if (own !== run) return;
      // A byte order mark: some editors take the text for Latin letters without it.
      download(`\uFEFF${parts.join('')}`, fileNameOf(title, stamp));
      saving.value = { kind: 'saved', count };
    } catch {
      if (own === run) saving.value = { kind: 'failed' };
    }
  };
  const cancel = (): void => {
    run++;
    saving.value = { kind: 'idle' };
  };
  onScopeDispose(cancel);
  return { saving, save, cancel };
};
