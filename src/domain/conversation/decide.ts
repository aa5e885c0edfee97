import { isLongerThan } from '../kernel/code-points.js';
import { accepted, rejected, unreachable, type Decision, type DecisionContext } from '../kernel/decider.js';
import type { UserId } from '../kernel/ids.js';
import { addressed, quoted, titleOf } from './asked.js';
import type {
  ConversationCommand,
  InviteParticipants,
  PostMessage,
  StartDirectConversation,
  StartGroupConversation,
  TitleConversation,
  WithdrawInvitation,
} from './commands.js';
import type { ConversationEvent } from './events.js';
import type { ConversationRejection } from './rejections.js';
import {
  invitationOf,
  isParticipant,
  participantsOf,
  type ConversationState,
  type StartedConversation,
} from './state.js';

type Result = Decision<ConversationEvent, ConversationRejection>;

/** Participants that an invitation names. */
const NAMED_MOST = 10;

export const decide = (command: ConversationCommand, state: ConversationState, context: DecisionContext): Result => {
  switch (command.type) {
    case 'StartDirectConversation':
      return startDirect(command, state, context);
    case 'StartGroupConversation':
      return startGroup(command, state, context);
    case 'JoinConversation':
    case 'DeclineInvitation':
      return answer(command.type, command.data.conversationId, state, context);
    case 'InviteParticipants':
    case 'WithdrawInvitation':
    case 'LeaveConversation':
    case 'TitleConversation':
    case 'PostMessage':
      return state.kind === 'unstarted' || !isParticipant(state, context.principal)
        ? rejected('not-found')
        : asParticipant(command, state, context);
    default:
      return unreachable(command);
  }
};

type ByParticipant = Exclude<
  ConversationCommand,
  { type: 'StartDirectConversation' | 'StartGroupConversation' | 'JoinConversation' | 'DeclineInvitation' }
>;

const asParticipant = (command: ByParticipant, state: StartedConversation, context: DecisionContext): Result => {
  if (command.type === 'PostMessage') return post(command, state, context);
  // Who takes part in a private conversation, and what it is called, never changes.
  if (state.kind === 'direct') return rejected('not-a-group');
  switch (command.type) {
    case 'InviteParticipants':
      return invite(command, state, context);
    case 'WithdrawInvitation':
      return withdraw(command, state, context);
    case 'TitleConversation':
      return entitle(command, state, context);
    case 'LeaveConversation':
      return accepted({
        type: 'ParticipantLeft',
        data: {
          conversationId: command.data.conversationId,
          user: context.principal,
          ...nextNotice(state),
          leftAt: context.now,
        },
      });
    default:
      return unreachable(command);
  }
};

const nextNotice = ({ lastSequence, lastNotice }: StartedConversation) => ({
  sequence: lastSequence,
  notice: lastNotice + 1,
});

/** One of the other kind under this id is not what was asked for: nobody must take a group for a private conversation. */
const startedAgain = (kind: StartedConversation['kind'], state: StartedConversation, principal: UserId): Result =>
  state.kind === kind && isParticipant(state, principal) ? accepted() : rejected('not-found');

const startDirect = ({ data }: StartDirectConversation, state: ConversationState, context: DecisionContext): Result => {
  if (data.with === context.principal) return rejected('with-oneself');
  if (state.kind !== 'unstarted') return startedAgain('direct', state, context.principal);
  return accepted({
    type: 'DirectConversationStarted',
    data: {
      conversationId: data.conversationId,
      startedBy: context.principal,
      participants: [context.principal, data.with],
      startedAt: context.now,
    },
  });
};

const startGroup = ({ data }: StartGroupConversation, state: ConversationState, context: DecisionContext): Result => {
  if (state.kind !== 'unstarted') return startedAgain('group', state, context.principal);
  const title = titleOf(data.title);
  if (title !== null && isLongerThan(title, context.limits.titleCodePoints)) return rejected('title-too-long');
  const invited = [...new Set(data.invited)].filter((user) => user !== context.principal);
  if (invited.length === 0) return rejected('nobody-to-invite');
  if (1 + invited.length > context.limits.participants) return rejected('too-many-participants');
  return accepted({
    type: 'GroupConversationStarted',
    data: {
      conversationId: data.conversationId,
      startedBy: context.principal,
      invited,
      title,
      startedAt: context.now,
    },
  });
};

const invite = ({ data }: InviteParticipants, state: StartedConversation, context: DecisionContext): Result => {
  const named = [...new Set(data.users)];
  const users = named.filter((user) => !isParticipant(state, user) && invitationOf(state, user) === null);
  if (users.length === 0) return accepted();
  const expected = state.present + Object.keys(state.invitations).length + users.length;
  if (expected > context.limits.participants) return rejected('too-many-participants');
  return accepted({
    type: 'ParticipantsInvited',
    data: {
      conversationId: data.conversationId,
      users,
      passedOver: named.filter((user) => !users.includes(user)),
      invitedBy: context.principal,
      participants: namedTo(state, context.principal),
      ...nextNotice(state),
      invitedAt: context.now,
    },
  });
};

const namedTo = (state: StartedConversation, inviter: UserId): readonly UserId[] =>
  participantsOf(state)
    .filter((user) => user !== inviter)
    .slice(0, NAMED_MOST);

const withdraw = ({ data }: WithdrawInvitation, state: StartedConversation, context: DecisionContext): Result => {
  const invitation = invitationOf(state, data.user);
  if (invitation === null) return rejected('invitation-void');
  const { invitedBy } = invitation;
  // It counts towards the limit, so somebody must be able to end it when whoever invited is gone.
  if (invitedBy !== context.principal && isParticipant(state, invitedBy)) return rejected('invitation-void');
  return accepted({
    type: 'InvitationWithdrawn',
    data: {
      conversationId: data.conversationId,
      user: data.user,
      invitedBy,
      withdrawnBy: context.principal,
      ...nextNotice(state),
      withdrawnAt: context.now,
    },
  });
};

/** Whoever holds no open invitation gets one answer, whether there is such a conversation or not. */
const answer = (
  type: 'JoinConversation' | 'DeclineInvitation',
  conversationId: ParticipantOf['conversationId'],
  state: ConversationState,
  { principal, now }: DecisionContext,
): Result => {
  const invitation = invitationOf(state, principal);
  if (state.kind === 'unstarted' || invitation === null) {
    // A second click on Join finds its work done.
    return type === 'JoinConversation' && isParticipant(state, principal) ? accepted() : rejected('invitation-void');
  }
  const data = { conversationId, user: principal, invitedBy: invitation.invitedBy, ...nextNotice(state) };
  return type === 'JoinConversation'
    ? accepted({ type: 'ParticipantJoined', data: { ...data, joinedAt: now } })
    : accepted({ type: 'InvitationDeclined', data: { ...data, declinedAt: now } });
};
type ParticipantOf = Extract<ConversationEvent, { type: 'ParticipantJoined' }>['data'];

const entitle = ({ data }: TitleConversation, state: StartedConversation, context: DecisionContext): Result => {
  const title = titleOf(data.title);
  if (title !== null && isLongerThan(title, context.limits.titleCodePoints)) return rejected('title-too-long');
  if (title === state.title) return accepted();
  return accepted({
    type: 'ConversationTitled',
    data: {
      conversationId: data.conversationId,
      title,
      titledBy: context.principal,
      ...nextNotice(state),
      titledAt: context.now,
    },
  });
};

const post = ({ data }: PostMessage, state: StartedConversation, context: DecisionContext): Result => {
  if (data.text.trim() === '') return rejected('message-blank');
  if (isLongerThan(data.text, context.limits.messageCodePoints)) return rejected('message-too-long');
  const sequence = state.lastSequence + 1;
  return accepted({
    type: 'MessagePosted',
    data: {
      conversationId: data.conversationId,
      messageId: data.messageId,
      sequence,
      author: context.principal,
      text: data.text,
      replyTo: quoted(state, context.principal, data.replyTo, sequence),
      mentions: addressed(state, data.mentions, sequence),
      postedAt: context.now,
    },
  });
};
