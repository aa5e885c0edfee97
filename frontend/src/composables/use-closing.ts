import { nextTick, shallowRef } from 'vue';
import { drafts } from '../client/drafts.js';
import { useClient } from './use-client.js';

/** What was closed takes its buttons with it: the focus goes on to the tab that is selected next, else to where one begins. */
const NEXT = ['[role="tab"][aria-selected="true"]', '.new-opener'];

/** Who leaves a group loses what they were writing there. */
const asked = shallowRef<{
  readonly conversationId: string;
  readonly draft: string;
  readonly from: HTMLElement | null;
} | null>(null);

const focusNext = async (): Promise<void> => {
  await nextTick();
  for (const selector of NEXT) {
    const element = document.querySelector<HTMLElement>(selector);
    element?.focus();
    if (element && document.activeElement === element) return;
  }
};

/** Closes a conversation; asks first, if it is a group with a draft. */
export const useClosing = () => {
  const { client, state } = useClient();
  return async (conversationId: string): Promise<void> => {
    const draft = drafts.get(conversationId)?.trim() ?? '';
    const isGroup = state.value.data.conversations.get(conversationId)?.doc?.kind === 'group';
    if (isGroup && draft !== '') {
      const { activeElement } = document;
      asked.value = { conversationId, draft, from: activeElement instanceof HTMLElement ? activeElement : null };
      return;
    }
    client.closeTab(conversationId);
    await focusNext();
  };
};

/** The question whether one is sure, and its answer. */
export const useLeaveQuestion = () => {
  const { client } = useClient();
  return {
    asked,
    answer: async (isSure: boolean): Promise<void> => {
      const before = asked.value;
      asked.value = null;
      if (!before) return;
      if (isSure) client.closeTab(before.conversationId);
      await nextTick();
      // Nobody left: one is where one was; the item of a menu is gone.
      if (!isSure) before.from?.focus();
      if (isSure || document.activeElement !== before.from) await focusNext();
    },
  };
};
