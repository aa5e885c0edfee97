import type { Queries } from '../../../src/application/protocol/index.js';
import { unanswered } from './apply-frame.js';
import type { ClientState } from './client-state.js';
import { withLoose, withStretch, type Stretch } from './transcript.js';

type Page = Queries['transcript.page'];

/** What the answer to `transcript.page` adds. */
export const applyPage = (state: ClientState, asked: Page['data'], { messages, more }: Page['result']): ClientState => {
  const stretch = stretchOf(asked, messages, more);
  if (!stretch) return state;
  const known = state.transcripts.get(asked.conversationId);
  // What lies too far behind the end to be filled gives way to the page.
  const isApart = asked.after === undefined && known !== undefined && stretch.from > known.to + 1;
  const transcript = isApart ? withLoose(stretch, known.loose) : withStretch(known, stretch);
  return {
    ...state,
    transcripts: new Map(state.transcripts).set(asked.conversationId, transcript),
    pending: unanswered(state, messages),
  };
};

/** The ends that were asked for count as known, even where there was nothing to see. */
const stretchOf = (asked: Page['data'], messages: Page['result']['messages'], more: boolean): Stretch | null => {
  const first = messages[0]?.doc.sequence;
  const last = messages.at(-1)?.doc.sequence;
  if (asked.after !== undefined) {
    if (last === undefined) return null;
    return { from: asked.after + 1, to: last, messages, atBeginning: asked.after === 0 };
  }
  if (asked.before !== undefined)
    return { from: first ?? asked.before, to: asked.before - 1, messages, atBeginning: !more };
  if (first === undefined || last === undefined) return null;
  return { from: first, to: last, messages, atBeginning: !more };
};
