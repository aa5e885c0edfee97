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
          title: null,
          startedAt: data.startedAt,
          lastSequence: 0,
          lastPostedAt: null,
        },
      },
    ],
    GroupConversationStarted: ({ event: { data } }) => [
      {
        op: 'put',
        key: data.conversationId,
        doc: {
          id: data.conversationId,
          kind: 'group',
          participants: [data.startedBy],
          title: data.title,
          startedAt: data.startedAt,
          lastSequence: 0,
          lastPostedAt: null,
        },
      },
    ],
    ParticipantsInvited: 'ignore',
    InvitationWithdrawn: 'ignore',
    InvitationDeclined: 'ignore',
    ParticipantJoined: ({ event: { data } }) => [
      { op: 'patch', key: data.conversationId, include: { participants: [data.user] } },
    ],
    ParticipantLeft: ({ event: { data } }) => [
      { op: 'patch', key: data.conversationId, exclude: { participants: [data.user] } },
    ],
    ConversationTitled: ({ event: { data } }) => [
      { op: 'patch', key: data.conversationId, set: { title: data.title } },
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
