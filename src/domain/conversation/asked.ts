import type { UserId } from '../kernel/ids.js';
import { staysOf, visible } from './visibility.js';
import type { ConversationState } from './state.js';

/* What of a command counts. A decision and the recognition of a repetition ask alike: both go by places, which later events do not change. */

/** One line. */
export const titleOf = (text: string | null): string | null => {
  const title = (text ?? '').replace(/\s+/g, ' ').trim();
  return title === '' ? null : title;
};

/** Of the people whom a message mentions, those who take part when it is the message `sequence`: whoever left meanwhile is not addressed. */
export const addressed = (state: ConversationState, mentions: readonly UserId[], sequence: number): readonly UserId[] =>
  [...new Set(mentions)].filter((user) => visible(staysOf(state, user), sequence));

/** What the message `sequence` answers; `null`: nothing that its author sees. */
export const quoted = (
  state: ConversationState,
  author: UserId,
  replyTo: number | null,
  sequence: number,
): number | null =>
  replyTo !== null && replyTo < sequence && visible(staysOf(state, author), replyTo) ? replyTo : null;
