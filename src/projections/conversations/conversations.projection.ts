import type { ConversationEvent } from '../../domain/conversation/events.js';
import { projection } from '../runtime/projection.js';
import type { ConversationDocument } from './conversations.model.js';

export const conversations = projection<ConversationEvent, ConversationDocument>({
  name: 'conversations',
  categories: ['conversation'],
  terms: false,
  handlers: {
    DirectConversationStarted: ({ event: { data } }) => [
      {
        op: 'put',
        key: data.conversationId,
        doc: {
          id: data.conversationId,
          kind: 'direct',
          participants: data.participants,
          startedAt: data.startedAt,
          lastSequence: 0,
          lastPostedAt: null,
        },
      },
    ],
    MessagePosted: ({ event: { data } }) => [
      {
        op: 'patch',
        key: data.conversationId,
        set: { lastPostedAt: data.postedAt },
        max: { lastSequence: data.sequence },
      },
    ],
  },
});
