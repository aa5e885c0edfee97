import type { ConversationEvent } from '../../domain/conversation/events.js';
import { projection } from '../runtime/projection.js';
import { invitationKey, type InvitationDocument } from './invitations.model.js';

const OTHERS_MOST = 10;

export const invitations = projection<ConversationEvent, InvitationDocument>({
  name: 'invitations',
  categories: ['conversation'],
  terms: false,
  handlers: {
    DirectConversationStarted: 'ignore',
    GroupConversationStarted: ({ event: { data } }) =>
      data.invited.map((user) => ({
        op: 'put',
        key: invitationKey(user, data.conversationId),
        doc: {
          conversationId: data.conversationId,
          invitedBy: data.startedBy,
          others: data.invited
            .slice(0, OTHERS_MOST + 1)
            .filter((other) => other !== user)
            .slice(0, OTHERS_MOST),
          invitedAt: data.startedAt,
        },
      })),
    ParticipantsInvited: ({ event: { data } }) =>
      data.users.map((user) => ({
        op: 'put',
        key: invitationKey(user, data.conversationId),
        doc: {
          conversationId: data.conversationId,
          invitedBy: data.invitedBy,
          others: data.participants,
          invitedAt: data.invitedAt,
        },
      })),
    InvitationWithdrawn: ({ event: { data } }) => [
      { op: 'remove', key: invitationKey(data.user, data.conversationId) },
    ],
    InvitationDeclined: ({ event: { data } }) => [{ op: 'remove', key: invitationKey(data.user, data.conversationId) }],
    ParticipantJoined: ({ event: { data } }) => [{ op: 'remove', key: invitationKey(data.user, data.conversationId) }],
    ParticipantLeft: 'ignore',
    ConversationTitled: 'ignore',
    MessagePosted: 'ignore',
  },
});
