import type { ConversationView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import { senderColour } from './initials.js';

const COLOURS = 8;

/** Whoever leaves keeps their place, so that nobody's colour changes. */
export const withRoll = (
  rolls: ClientState['rolls'],
  { id, participants }: Pick<ConversationView, 'id' | 'participants'>,
): ClientState['rolls'] => {
  const present = rolls.get(id) ?? [];
  const added = participants.filter((user) => !present.includes(user));
  return added.length === 0 ? rolls : new Map(rolls).set(id, [...present, ...added]);
};

/** Which of the eight colours somebody has in a conversation (S104): the first eight people differ. Who left before one came has some colour. */
export const colourIn = ({ rolls }: ClientState, conversationId: string, userId: string): number => {
  const place = rolls.get(conversationId)?.indexOf(userId) ?? -1;
  return place < 0 ? senderColour(userId) : (place % COLOURS) + 1;
};
