import { asId, type ConversationId, type UserId } from '../kernel/ids.js';
import { asInstant } from '../kernel/instant.js';
import type { MessageCorrected, MessageRetracted, ReactionAdded, ReactionRemoved } from './events.js';

const conversationId = asId<ConversationId>('7b0ad8ce-6c9e-5a60-9a3b-2d1c56a1f001');
const author = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
const user = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a02');
const sequence = 1;

export const messageCorrected: MessageCorrected = {
  type: 'MessageCorrected',
  data: {
    conversationId,
    sequence,
    author,
    text: 'Hi John!',
    correction: 1,
    correctedAt: asInstant(1_700_000_010_000),
  },
};
export const messageRetracted: MessageRetracted = {
  type: 'MessageRetracted',
  data: { conversationId, sequence, author, mentions: [user], retractedAt: asInstant(1_700_000_020_000) },
};
export const reactionAdded: ReactionAdded = {
  type: 'ReactionAdded',
  data: { conversationId, sequence, user, reaction: '👍', addedAt: asInstant(1_700_000_011_000) },
};
export const reactionRemoved: ReactionRemoved = {
  type: 'ReactionRemoved',
  data: { conversationId, sequence, user, reaction: '👍', removedAt: asInstant(1_700_000_012_000) },
};
