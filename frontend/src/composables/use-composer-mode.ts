import { computed, shallowReactive } from 'vue';
import { drafts } from '../client/drafts.js';

/** What the composer of a conversation is for at the moment. */
export type ComposerMode =
  | { readonly kind: 'new' }
  | { readonly kind: 'reply'; readonly sequence: number }
  /** `draft`: what was being written before, to come back to. */
  | { readonly kind: 'edit'; readonly sequence: number; readonly draft: string };

const NEW: ComposerMode = { kind: 'new' };
/** By conversation, kept like the drafts while one looks at others. */
const modes = shallowReactive(new Map<string, ComposerMode>());

export const useComposerMode = (conversationId: () => string) => {
  const mode = computed(() => modes.get(conversationId()) ?? NEW);
  const set = (next: ComposerMode): void => {
    if (mode.value.kind === 'edit') drafts.set(conversationId(), mode.value.draft);
    modes.set(conversationId(), next);
  };
  return {
    mode,
    reply: (sequence: number): void => {
      set({ kind: 'reply', sequence });
    },
    /** The text that is corrected takes the place of the draft. */
    edit: (sequence: number, text: string): void => {
      if (mode.value.kind === 'edit') set(NEW);
      set({ kind: 'edit', sequence, draft: drafts.get(conversationId()) ?? '' });
      drafts.set(conversationId(), text);
    },
    /** Back to writing something new; the draft of before is there again. */
    leave: (): void => {
      set(NEW);
    },
  };
};
