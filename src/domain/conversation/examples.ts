import { asId, type ConversationId, type MessageId, type UserId } from '../kernel/ids.js';
import { asInstant } from '../kernel/instant.js';
import type {
  ConversationTitled,
  DirectConversationStarted,
  GroupConversationStarted,
  InvitationDeclined,
  InvitationWithdrawn,
  MessagePosted,
  ParticipantJoined,
  ParticipantLeft,
  ParticipantsInvited,
} from './events.js';

/** Named example events, used by tests and documentation. */
export const johnDoe = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01');
export const johnSmith = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a02');
export const doeAndSmith = asId<ConversationId>('7b0ad8ce-6c9e-5a60-9a3b-2d1c56a1f001');

export const doeStartedWithSmith: DirectConversationStarted = {
  type: 'DirectConversationStarted',
  data: {
    conversationId: doeAndSmith,
    startedBy: johnDoe,
    participants: [johnDoe, johnSmith],
    startedAt: asInstant(1_700_000_000_000),
  },
};

export const doePosted = (sequence: number, text = 'Hi John'): MessagePosted => ({
  type: 'MessagePosted',
  data: {
    conversationId: doeAndSmith,
    messageId: asId<MessageId>(`5d3cbd0a-1f61-4a57-8f4a-${String(sequence).padStart(12, '0')}`),
    sequence,
    author: johnDoe,
    text,
    replyTo: null,
    mentions: [],
    postedAt: asInstant(1_700_000_000_000 + sequence * 1_000),
  },
});

export const murdock = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a03');
export const peck = asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a04');
export const aGroup = asId<ConversationId>('7b0ad8ce-6c9e-4a60-9a3b-2d1c56a1f002');
const at = (seconds: number) => asInstant(1_700_000_000_000 + seconds * 1_000);

/** John Doe starts a group with John Smith and H.M. Murdock. */
export const doeStartedAGroup: GroupConversationStarted = {
  type: 'GroupConversationStarted',
  data: {
    conversationId: aGroup,
    startedBy: johnDoe,
    invited: [johnSmith, murdock],
    title: 'Agenda',
    startedAt: at(0),
  },
};

export const smithJoined: ParticipantJoined = {
  type: 'ParticipantJoined',
  data: { conversationId: aGroup, user: johnSmith, invitedBy: johnDoe, sequence: 0, notice: 3, joinedAt: at(1) },
};

export const murdockDeclined: InvitationDeclined = {
  type: 'InvitationDeclined',
  data: { conversationId: aGroup, user: murdock, invitedBy: johnDoe, sequence: 0, notice: 4, declinedAt: at(2) },
};

export const smithInvitedPeck: ParticipantsInvited = {
  type: 'ParticipantsInvited',
  data: {
    conversationId: aGroup,
    users: [peck],
    passedOver: [],
    invitedBy: johnSmith,
    participants: [johnDoe],
    sequence: 0,
    notice: 5,
    invitedAt: at(3),
  },
};

export const smithWithdrewPeck: InvitationWithdrawn = {
  type: 'InvitationWithdrawn',
  data: {
    conversationId: aGroup,
    user: peck,
    invitedBy: johnSmith,
    withdrawnBy: johnSmith,
    sequence: 0,
    notice: 6,
    withdrawnAt: at(4),
  },
};

export const doeTitled: ConversationTitled = {
  type: 'ConversationTitled',
  data: { conversationId: aGroup, title: 'Budget', titledBy: johnDoe, sequence: 0, notice: 7, titledAt: at(5) },
};

export const smithLeft: ParticipantLeft = {
  type: 'ParticipantLeft',
  data: { conversationId: aGroup, user: johnSmith, sequence: 0, notice: 8, leftAt: at(6) },
};
