import { asId, type ConversationId, type MessageId, type UserId } from '../kernel/ids.js';
import { asInstant } from '../kernel/instant.js';
import type { DirectConversationStarted, MessagePosted } from './events.js';

/** Named example events, used by tests and documentation. */
export const johnDoe = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
export const johnSmith = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a02');
export const doeAndSmith = asId<ConversationId>('7b0ad8ce-6c9e-5a60-9a3b-2d1c56a1f001');

export const doeStartedWithSmith: DirectConversationStarted = {
  type: 'DirectConversationStarted',
  data: {
    conversationId: doeAndSmith,
    startedBy: johnDoe,
    participants: [johnDoe, johnSmith],
    startedAt: asInstant(1_700_000_000_000),
  },
};

export const doePosted = (sequence: number, text = 'Hi John'): MessagePosted => ({
  type: 'MessagePosted',
  data: {
    conversationId: doeAndSmith,
    messageId: asId<MessageId>(`5d3cbd0a-1f61-4a57-8f4a-${String(sequence).padStart(12, '0')}`),
    sequence,
    author: johnDoe,
    text,
    postedAt: asInstant(1_700_000_000_000 + sequence * 1_000),
  },
});
