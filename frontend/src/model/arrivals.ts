import type { MessageView, NoticeView, ServerFrame } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** Messages of other people that the state `after` has by this frame, and `before` had not. */
export const arrivals = (before: ClientState, after: ClientState, frame: ServerFrame): MessageView[] => {
  if (frame.t !== 'delta') return [];
  const found: MessageView[] = [];
  for (const change of frame.changes) {
    if (change.view !== 'message' || change.op !== 'put' || change.doc.author === after.self?.id) continue;
    const { conversationId, sequence } = change.doc;
    if (sequence > lastKnown(before, conversationId)) found.push(change.doc);
  }
  return found;
};

const lastKnown = ({ transcripts, conversations }: ClientState, conversationId: string): number => {
  const transcript = transcripts.get(conversationId);
  const known = transcript?.loose.at(-1)?.doc.sequence ?? transcript?.to ?? 0;
  return Math.max(known, conversations.get(conversationId)?.doc?.lastSequence ?? 0);
};

/** What happened between messages, by this frame. */
export const noticesIn = (frame: ServerFrame): NoticeView[] =>
  frame.t === 'delta'
    ? frame.changes.flatMap((change) => (change.view === 'notice' && change.op === 'put' ? [change.doc] : []))
    : [];
