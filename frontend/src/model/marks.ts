import { viewKey, type MarkView, type Placed } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** The answer to `conversation.read-marks`. A mark that was pushed meanwhile is newer: it stays. */
export const withMarks = (
  state: ClientState,
  conversationId: string,
  answer: readonly Placed<MarkView>[],
): ClientState => {
  const marks = new Map([...state.marks].filter(([, { doc }]) => doc?.conversationId !== conversationId));
  for (const placed of answer) {
    const key = viewKey.mark(placed.doc);
    const present = state.marks.get(key);
    marks.set(key, present && present.at > placed.at ? present : placed);
  }
  return { ...state, marks };
};

/** How far each of the others has read, as far as they tell. */
export const marksOf = ({ marks }: ClientState, conversationId: string): MarkView[] =>
  [...marks.values()].flatMap(({ doc }) => (doc?.conversationId === conversationId ? [doc] : []));
