import type { ClientState } from './client-state.js';

/** What is missing at the end of a conversation's transcript. `latest`: nothing is known of it yet, or too much is missing to fill. */
export type Hole = { readonly kind: 'latest' } | { readonly kind: 'after'; readonly sequence: number };

/** From so many missing messages on it is better to start again from the end. */
const FILL_MOST = 1_000;

export const holeOf = ({ conversations, transcripts }: ClientState, conversationId: string): Hole | null => {
  const head = conversations.get(conversationId)?.doc;
  const last = head?.lastSequence ?? 0;
  const transcript = transcripts.get(conversationId);
  // In a group something happened before anything was said.
  if (!transcript) return last > 0 || head?.kind === 'group' ? { kind: 'latest' } : null;
  const newest = Math.max(last, transcript.loose.at(-1)?.doc.sequence ?? 0);
  if (newest <= transcript.to) return null;
  return newest - transcript.to > FILL_MOST ? { kind: 'latest' } : { kind: 'after', sequence: transcript.to };
};
