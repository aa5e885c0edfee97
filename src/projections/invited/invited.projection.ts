import type { ConversationEvent } from '../../domain/conversation/events.js';
import type { Change } from '../runtime/change.js';
import { projection } from '../runtime/projection.js';
import { invitedKey, type InvitedDocument } from './invited.model.js';

const waiting = (
  inviter: string,
  conversationId: string,
  users: readonly string[],
  since: number,
): Change<InvitedDocument>[] =>
  users.map((user) => ({
    op: 'put',
    key: invitedKey(inviter, conversationId, user),
    doc: { conversationId, user, state: 'invited', since },
  }));

export const invited = projection<ConversationEvent, InvitedDocument>({
  name: 'invited',
  categories: ['conversation'],
  terms: false,
  handlers: {
    DirectConversationStarted: 'ignore',
    GroupConversationStarted: ({ event: { data } }) =>
      waiting(data.startedBy, data.conversationId, data.invited, data.startedAt),
    ParticipantsInvited: ({ event: { data } }) =>
      waiting(data.invitedBy, data.conversationId, data.users, data.invitedAt),
    InvitationWithdrawn: ({ event: { data } }) => [
      { op: 'remove', key: invitedKey(data.invitedBy, data.conversationId, data.user) },
    ],
    InvitationDeclined: ({ event: { data } }) => [
      {
        op: 'patch',
        key: invitedKey(data.invitedBy, data.conversationId, data.user),
        set: { state: 'declined', since: data.declinedAt },
      },
    ],
    ParticipantJoined: ({ event: { data } }) => [
      { op: 'remove', key: invitedKey(data.invitedBy, data.conversationId, data.user) },
    ],
    ParticipantLeft: 'ignore',
    ConversationTitled: 'ignore',
    MessagePosted: 'ignore',
  },
});
