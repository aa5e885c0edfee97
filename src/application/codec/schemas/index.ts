import type { StreamCategory } from '../../ports/event-log.js';
import type { EventSchema } from '../event-schema.js';
import { accountEvents } from './account.js';
import { conversationEvents } from './conversation.js';
import { deskEvents } from './desk.js';
import { messageEvents } from './message.js';
import { presenceEvents } from './presence.js';
import { rosterEvents } from './roster.js';

/** Every event that the log may hold, by category and frozen name. */
export const EVENT_SCHEMAS: Readonly<Record<StreamCategory, Readonly<Record<string, EventSchema>>>> = {
  account: accountEvents,
  conversation: conversationEvents,
  desk: deskEvents,
  message: messageEvents,
  presence: presenceEvents,
  roster: rosterEvents,
};
