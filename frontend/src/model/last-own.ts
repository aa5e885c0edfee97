import type { MessageView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** What one said last, to correct it; not when others of one's own are still on their way, which come after it. */
export const lastOwnOf = ({ transcripts, self, pending }: ClientState, conversationId: string): MessageView | null => {
  if (pending.some((one) => one.conversationId === conversationId)) return null;
  const messages = transcripts.get(conversationId)?.messages ?? [];
  return messages.findLast(({ doc }) => doc.author === self?.id && doc.text !== null)?.doc ?? null;
};
