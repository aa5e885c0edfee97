import { viewKey, type MarkView, type Placed } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** The answer to `conversation.read-marks` takes the place of what was held, except what was pushed since it was given. */
export const withMarks = (
  state: ClientState,
  conversationId: string,
  answer: readonly Placed<MarkView>[],
): ClientState => {
  const marks = new Map([...state.marks].filter(([, { doc }]) => doc?.conversationId !== conversationId));
  for (const mark of answer) {
    const key = viewKey.mark(mark.doc);
    const present = state.marks.get(key);
    marks.set(key, present && present.at > mark.at ? present : mark);
  }
  return { ...state, marks };
};

/** How far each of the others has read, as far as they tell. */
export const marksOf = ({ marks }: ClientState, conversationId: string): MarkView[] =>
  [...marks.values()].flatMap(({ doc }) => (doc?.conversationId === conversationId ? [doc] : []));
