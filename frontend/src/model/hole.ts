import type { ClientState } from './client-state.js';

/**
 * What is missing of a conversation's transcript. `latest`: nothing is known of it yet, or too much is missing to fill. `unread`: nothing is
 * known but what came live, and one has to begin to read further up than the latest page reaches.
 */
export type Hole =
  | { readonly kind: 'latest' }
  | { readonly kind: 'after'; readonly sequence: number }
  | { readonly kind: 'unread'; readonly sequence: number };

/** So much that is unread is surely on the latest page. */
const UNREAD_ON_PAGE = 40;

/** From so many missing messages on it is better to start again from the end. */
const FILL_MOST = 1_000;

export const holeOf = ({ conversations, tabs, transcripts }: ClientState, conversationId: string): Hole | null => {
  const head = conversations.get(conversationId)?.doc;
  const last = head?.lastSequence ?? 0;
  const held = transcripts.get(conversationId);
  if (held?.adrift) return null;
  // What came live before the first page says nothing of what was unread before it.
  const transcript = held?.unopened ? undefined : held;
  const marker = tabs.get(conversationId)?.doc?.readMarker ?? last;
  if (!transcript && last - marker > UNREAD_ON_PAGE) return { kind: 'unread', sequence: marker };
  // In a group something happened before anything was said.
  if (!transcript) return last > 0 || head?.kind === 'group' ? { kind: 'latest' } : null;
  const newest = Math.max(last, transcript.loose.at(-1)?.doc.sequence ?? 0);
  if (newest <= transcript.to) return null;
  return newest - transcript.to > FILL_MOST ? { kind: 'latest' } : { kind: 'after', sequence: transcript.to };
};
