import { z } from 'zod';
import type { DeskEvent } from '../../../domain/desk/index.js';
import type { EventSchemas } from '../event-schema.js';
import { id, instant, schedule, sequence } from './fields.js';

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
    meaning:
      'The owner has read everything up to and including this sequence. Never moves back. Version 2 says whether others may be told.',
    version: 2,
    shape: z.strictObject({ owner: id, conversationId: id, sequence, shared: z.boolean() }),
    personal: {},
    upcasts: { 1: (data) => ({ ...data, shared: true }) },
  },
  ConversationMuted: {
    meaning: 'What comes in there no longer calls the owner, unless they are mentioned.',
    version: 1,
    shape: z.strictObject({ owner: id, conversationId: id, mutedAt: instant }),
    personal: {},
  },
  ConversationUnmuted: {
    meaning: 'What comes in there calls the owner again.',
    version: 1,
    shape: z.strictObject({ owner: id, conversationId: id, unmutedAt: instant }),
    personal: {},
  },
  ReadingHidden: {
    meaning:
      'Others no longer see how far the owner has read, nor the owner of others. Version 2 says what else the owner chose.',
    version: 2,
    shape: z.strictObject({ owner: id, hiddenAt: instant, schedule: schedule.nullable() }),
    personal: {},
    // There were no schedules when these were written.
    upcasts: { 1: (data) => ({ ...data, schedule: null }) },
  },
  ReadingShared: {
    meaning:
      'Others see again how far the owner has read, and the owner of others. Version 2 says what else the owner chose.',
    version: 2,
    shape: z.strictObject({ owner: id, sharedAt: instant, schedule: schedule.nullable() }),
    personal: {},
    upcasts: { 1: (data) => ({ ...data, schedule: null }) },
  },
  ScheduleSet: {
    meaning: 'The owner said at which hours they are shown as Away or Busy; `null`: no longer at any.',
    version: 1,
    shape: z.strictObject({
      owner: id,
      schedule: schedule.nullable(),
      setAt: instant,
      sharesReading: z.boolean(),
    }),
    personal: {},
  },
};
