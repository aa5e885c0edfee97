import type { ConversationEvent } from '../../domain/conversation/events.js';
import { projection } from '../runtime/projection.js';
import { messageKey, type MessageDocument } from './transcript.model.js';

export const transcript = projection<ConversationEvent, MessageDocument>({
  name: 'transcript',
  categories: ['conversation'],
  terms: false,
  handlers: {
    DirectConversationStarted: 'ignore',
    MessagePosted: ({ event: { data } }) => [
      { op: 'put', key: messageKey(data.conversationId, data.sequence), doc: data },
    ],
  },
});
