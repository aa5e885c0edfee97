import { viewKey, type MarkView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** The answer to `conversation.read-marks`. A mark that was pushed meanwhile may be further on: it stays, since marks only move forward. */
export const withMarks = (state: ClientState, conversationId: string, answer: readonly MarkView[]): ClientState => {
  const marks = new Map([...state.marks].filter(([, { doc }]) => doc?.conversationId !== conversationId));
  for (const doc of answer) {
    const key = viewKey.mark(doc);
    const present = state.marks.get(key);
    const isFurther = present?.doc && present.doc.sequence > doc.sequence;
    marks.set(key, isFurther ? present : { at: present?.at ?? 0, doc });
  }
  return { ...state, marks };
};

/** How far each of the others has read, as far as they tell. */
export const marksOf = ({ marks }: ClientState, conversationId: string): MarkView[] =>
  [...marks.values()].flatMap(({ doc }) => (doc?.conversationId === conversationId ? [doc] : []));
