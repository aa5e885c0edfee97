import { z } from 'zod';
import type { ConversationEvent } from '../../../domain/conversation/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant, sequence, text } from './fields.js';

export const conversationEvents: EventSchemas<ConversationEvent> = {
  DirectConversationStarted: {
    meaning: 'Two people have a private conversation; both take part from the start.',
    version: 1,
    shape: z.strictObject({
      conversationId: id,
      startedBy: id,
      participants: z.tuple([id, id]),
      startedAt: instant,
    }),
    personal: {},
  },
  MessagePosted: {
    meaning: 'A participant said something. Sequences are gapless per conversation, from 1.',
    version: 1,
    shape: z.strictObject({ conversationId: id, messageId: id, sequence, author: id, text, postedAt: instant }),
    personal: { text: 'author' },
  },
};
