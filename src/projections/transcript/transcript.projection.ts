import type { ConversationEvent } from '../../domain/conversation/events.js';
import type { MessageEvent } from '../../domain/message/events.js';
import type { Change } from '../runtime/change.js';
import { projection } from '../runtime/projection.js';
import { messageKey, noticeKey, type MessageDocument, type NoticeDocument } from './transcript.model.js';

type Entry = MessageDocument | NoticeDocument;

const notice = (doc: Omit<NoticeDocument, 'title' | 'onlyFor'> & Partial<NoticeDocument>): Change<Entry> => ({
  op: 'put',
  key: noticeKey(doc.conversationId, doc),
  doc: { title: null, onlyFor: null, ...doc },
});

export const transcript = projection<ConversationEvent | MessageEvent, Entry>({
  name: 'transcript',
  categories: ['conversation', 'message'],
  terms: false,
  handlers: {
    DirectConversationStarted: 'ignore',
    // The first two notices of a group: see STARTING_NOTICES.
    GroupConversationStarted: ({ event: { data } }) => {
      const base = { conversationId: data.conversationId, sequence: 0, by: data.startedBy, happenedAt: data.startedAt };
      return [
        notice({ ...base, notice: 1, what: 'invited', users: data.invited }),
        notice({ ...base, notice: 2, what: 'joined', users: [] }),
      ];
    },
    ParticipantsInvited: ({ event: { data } }) => {
      const { conversationId, sequence, notice: number, invitedBy: by, users, invitedAt: happenedAt } = data;
      return [notice({ conversationId, sequence, notice: number, what: 'invited', by, users, happenedAt })];
    },
    InvitationWithdrawn: ({ event: { data } }) => {
      const { conversationId, sequence, notice: number, withdrawnBy: by, user, withdrawnAt: happenedAt } = data;
      const place = { conversationId, sequence, notice: number };
      return [notice({ ...place, what: 'withdrawn', by, users: [user], onlyFor: by, happenedAt })];
    },
    InvitationDeclined: ({ event: { data } }) => {
      const { conversationId, sequence, notice: number, invitedBy, user: by, declinedAt: happenedAt } = data;
      const place = { conversationId, sequence, notice: number };
      return [notice({ ...place, what: 'declined', by, users: [by], onlyFor: invitedBy, happenedAt })];
    },
    ParticipantJoined: ({ event: { data } }) => {
      const { conversationId, sequence, notice: number, user: by, joinedAt: happenedAt } = data;
      return [notice({ conversationId, sequence, notice: number, what: 'joined', by, users: [], happenedAt })];
    },
    ParticipantLeft: ({ event: { data } }) => {
      const { conversationId, sequence, notice: number, user: by, leftAt: happenedAt } = data;
      return [notice({ conversationId, sequence, notice: number, what: 'left', by, users: [], happenedAt })];
    },
    ConversationTitled: ({ event: { data } }) => {
      const { conversationId, sequence, notice: number, titledBy: by, title, titledAt: happenedAt } = data;
      return [notice({ conversationId, sequence, notice: number, what: 'titled', by, users: [], title, happenedAt })];
    },
    MessagePosted: ({ event: { data } }) => [
      {
        op: 'put',
        key: messageKey(data.conversationId, data.sequence),
        doc: { ...data, correctedAt: null, retractedAt: null },
      },
    ],
    MessageCorrected: ({ event: { data } }) => [
      {
        op: 'patch',
        key: messageKey(data.conversationId, data.sequence),
        set: { text: data.text, correctedAt: data.correctedAt },
      },
    ],
    MessageRetracted: ({ event: { data } }) => [
      {
        op: 'patch',
        key: messageKey(data.conversationId, data.sequence),
        set: { text: null, retractedAt: data.retractedAt },
      },
    ],
    ReactionAdded: 'ignore',
    ReactionRemoved: 'ignore',
  },
});
