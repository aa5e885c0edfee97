import { z } from 'zod';
import type { DeskEvent } from '../../../domain/desk/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant, sequence } from './fields.js';

export const deskEvents: EventSchemas<DeskEvent> = {
  TabOpened: {
    meaning: 'The owner opened a conversation in a tab.',
    version: 1,
    shape: z.strictObject({ owner: id, conversationId: id, openedAt: instant }),
    personal: {},
  },
  TabClosed: {
    meaning: 'The owner closed the tab; a message after `upTo` shows it again.',
    version: 1,
    shape: z.strictObject({ owner: id, conversationId: id, upTo: z.int().nonnegative() }),
    personal: {},
  },
  ReadMarkerMoved: {
    meaning: 'The owner has read everything up to and including this sequence. Never moves back.',
    version: 1,
    shape: z.strictObject({ owner: id, conversationId: id, sequence }),
    personal: {},
  },
};
