import { onScopeDispose, type Ref } from 'vue';
import { isReadOnArrival, type ConversationSummary } from '../model/index.js';
import { useActivity } from './use-activity.js';
import { useClient } from './use-client.js';

/** When the messages of the conversation that is looked at count as read (S64 and section 2.3 of the design). */
export const useReading = (
  summary: () => ConversationSummary,
  view: { readonly following: Ref<boolean>; readonly isComposerActive: () => boolean },
) => {
  const { client } = useClient();
  const { sinceInputMs } = useActivity();
  const read = (): void => {
    client.markRead(summary().id);
  };
  const forget = client.arrivals.add(({ conversationId }) => {
    if (conversationId !== summary().id) return;
    const seen = isReadOnArrival({
      windowFocused: document.hasFocus(),
      windowVisible: !document.hidden,
      composerActive: view.isComposerActive(),
      following: view.following.value,
      sinceInputMs: sinceInputMs(),
    });
    if (seen) read();
  });
  onScopeDispose(forget);
  return {
    read,
    /** A key, a pointer press or the focus in the composer; a window that is not looked at does not count. */
    activated: (): void => {
      if (document.hasFocus()) read();
    },
  };
};
