import { nextTick } from 'vue';
import { useClient } from './use-client.js';

/** What was closed takes its buttons with it: the focus goes on to the tab that is selected next, else to where one begins. */
const NEXT = ['[role="tab"][aria-selected="true"]', '.new-opener'];

export const useClosing = () => {
  const { client } = useClient();
  return async (conversationId: string): Promise<void> => {
    client.closeTab(conversationId);
    await nextTick();
    for (const selector of NEXT) {
      const element = document.querySelector<HTMLElement>(selector);
      element?.focus();
      if (element && document.activeElement === element) return;
    }
  };
};
