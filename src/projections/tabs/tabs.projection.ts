import type { ConversationEvent } from '../../domain/conversation/events.js';
import type { DeskEvent } from '../../domain/desk/events.js';
import { projection } from '../runtime/projection.js';
import { freshTab, tabKey, type TabDocument } from './tabs.model.js';

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
        doc: freshTab(data.conversationId, { open: false, openedAt: data.startedAt, from: 0 }),
      })),
    GroupConversationStarted: ({ event: { data } }) => [
      {
        op: 'put',
        key: tabKey(data.startedBy, data.conversationId),
        doc: freshTab(data.conversationId, { open: true, openedAt: data.startedAt, from: 0 }),
      },
    ],
    ParticipantsInvited: 'ignore',
    InvitationWithdrawn: 'ignore',
    InvitationDeclined: 'ignore',
    // What was said before one joined is neither shown nor unread.
    ParticipantJoined: ({ event: { data } }) => [
      {
        op: 'put',
        key: tabKey(data.user, data.conversationId),
        doc: freshTab(data.conversationId, { open: true, openedAt: data.joinedAt, from: data.sequence }),
      },
    ],
    ParticipantLeft: ({ event: { data } }) => [{ op: 'remove', key: tabKey(data.user, data.conversationId) }],
    ConversationTitled: 'ignore',
    // Posting moves one's own marker: what one wrote oneself is not unread.
    MessagePosted: ({ event: { data } }) => [
      { op: 'patch', key: tabKey(data.author, data.conversationId), max: { readMarker: data.sequence } },
      ...data.mentions.map((user) => ({
        op: 'patch' as const,
        key: tabKey(user, data.conversationId),
        max: { mentionedAt: data.sequence },
      })),
    ],
    ConversationMuted: ({ event: { data } }) => [
      { op: 'patch', key: tabKey(data.owner, data.conversationId), set: { muted: true } },
    ],
    ConversationUnmuted: ({ event: { data } }) => [
      { op: 'patch', key: tabKey(data.owner, data.conversationId), set: { muted: false } },
    ],
    ReadingHidden: 'ignore',
    ReadingShared: 'ignore',
    ScheduleSet: 'ignore',
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
