import type { ConversationEvent } from '../../domain/conversation/events.js';
import type { DeskEvent } from '../../domain/desk/events.js';
import { projection } from '../runtime/projection.js';
import { tabKey, type TabDocument } from './tabs.model.js';

export const tabs = projection<ConversationEvent | DeskEvent, TabDocument>({
  name: 'tabs',
  categories: ['conversation', 'desk'],
  terms: false,
  handlers: {
    // Both people have a tab from the start; it shows for whoever opens it, and for both with the first message.
    DirectConversationStarted: ({ event: { data } }) =>
      data.participants.map((owner) => ({
        op: 'put',
        key: tabKey(owner, data.conversationId),
        doc: {
          conversationId: data.conversationId,
          open: false,
          openedAt: data.startedAt,
          hiddenUpTo: 0,
          readMarker: 0,
        },
      })),
    // Posting moves one's own marker: what one wrote oneself is not unread.
    MessagePosted: ({ event: { data } }) => [
      { op: 'patch', key: tabKey(data.author, data.conversationId), max: { readMarker: data.sequence } },
    ],
    TabOpened: ({ event: { data } }) => [
      { op: 'patch', key: tabKey(data.owner, data.conversationId), set: { open: true, openedAt: data.openedAt } },
    ],
    TabClosed: ({ event: { data } }) => [
      {
        op: 'patch',
        key: tabKey(data.owner, data.conversationId),
        set: { open: false },
        max: { hiddenUpTo: data.upTo, readMarker: data.upTo },
      },
    ],
    ReadMarkerMoved: ({ event: { data } }) => [
      { op: 'patch', key: tabKey(data.owner, data.conversationId), max: { readMarker: data.sequence } },
    ],
  },
});
