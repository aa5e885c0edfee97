import { z } from 'zod';
import type { MessageEvent } from '../../../domain/message/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant, sequence, text } from './fields.js';

const concerns = { conversationId: id, sequence };
const reaction = text.max(64);

export const messageEvents: EventSchemas<MessageEvent> = {
  MessageCorrected: {
    meaning: 'The author replaced the text; the log keeps every version.',
    version: 1,
    shape: z.strictObject({ ...concerns, author: id, text, correction: z.int().positive(), correctedAt: instant }),
    personal: { text: 'author' },
  },
  MessageRetracted: {
    meaning:
      'The author withdrew the message: nobody is shown its text any more. The log keeps it. Version 2 says whom it had mentioned.',
    version: 2,
    shape: z.strictObject({ ...concerns, author: id, mentions: z.array(id), retractedAt: instant }),
    personal: {},
    upcasts: { 1: (data) => ({ ...data, mentions: [] }) },
  },
  ReactionAdded: {
    meaning: 'Somebody who sees the message reacted to it with an emoji.',
    version: 1,
    shape: z.strictObject({ ...concerns, user: id, reaction, addedAt: instant }),
    personal: {},
  },
  ReactionRemoved: {
    meaning: 'They took the reaction back.',
    version: 1,
    shape: z.strictObject({ ...concerns, user: id, reaction, removedAt: instant }),
    personal: {},
  },
};
