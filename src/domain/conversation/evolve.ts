import { unreachable } from '../kernel/decider.js';
import type { UserId } from '../kernel/ids.js';
import type { ConversationEvent } from './events.js';
import type { ConversationState, Invitation, Span, StartedConversation } from './state.js';

const FROM_THE_START: readonly Span[] = Object.freeze([
  Object.freeze({ joinedAt: 0, leftAt: null, firstNotice: 1, lastNotice: null }),
]);

/** Notices of a group's start: who was invited, and that whoever started it joined. */
export const STARTING_NOTICES = 2;

const started = (
  kind: StartedConversation['kind'],
  { startedAt, title }: Pick<StartedConversation, 'startedAt' | 'title'>,
  participants: readonly UserId[],
): StartedConversation => ({
  kind,
  startedAt,
  title,
  spans: Object.fromEntries(participants.map((user) => [user, FROM_THE_START])),
  present: participants.length,
  invitations: {},
  lastSequence: 0,
  lastNotice: 0,
  lastPostedAt: null,
});

const without = (invitations: StartedConversation['invitations'], user: UserId): StartedConversation['invitations'] => {
  const { [user]: _, ...rest } = invitations;
  return rest;
};

const invitedBy = (invitedBy: UserId, users: readonly UserId[]): Record<UserId, Invitation> =>
  Object.fromEntries(users.map((user) => [user, { invitedBy }]));

export const evolve = (state: ConversationState, event: ConversationEvent): ConversationState => {
  if (event.type === 'DirectConversationStarted')
    return started('direct', { startedAt: event.data.startedAt, title: null }, event.data.participants);
  if (event.type === 'GroupConversationStarted') {
    const { startedBy, invited } = event.data;
    return {
      ...started('group', event.data, [startedBy]),
      invitations: invitedBy(startedBy, invited),
      lastNotice: STARTING_NOTICES,
    };
  }
  return state.kind === 'unstarted' ? state : goOn(state, event);
};

type Later = Exclude<ConversationEvent, { type: 'DirectConversationStarted' | 'GroupConversationStarted' }>;

const goOn = (state: StartedConversation, event: Later): StartedConversation => {
  switch (event.type) {
    case 'MessagePosted':
      return { ...state, lastSequence: event.data.sequence, lastPostedAt: event.data.postedAt };
    case 'ParticipantsInvited':
      return {
        ...state,
        invitations: { ...state.invitations, ...invitedBy(event.data.invitedBy, event.data.users) },
        lastNotice: event.data.notice,
      };
    case 'InvitationWithdrawn':
    case 'InvitationDeclined':
      return {
        ...state,
        invitations: without(state.invitations, event.data.user),
        lastNotice: event.data.notice,
      };
    case 'ParticipantJoined': {
      const { user, sequence, notice } = event.data;
      const span: Span = { joinedAt: sequence, leftAt: null, firstNotice: notice, lastNotice: null };
      return {
        ...state,
        spans: { ...state.spans, [user]: [...(state.spans[user] ?? []), span] },
        present: state.present + 1,
        invitations: without(state.invitations, user),
        lastNotice: notice,
      };
    }
    case 'ParticipantLeft': {
      const { user, sequence, notice } = event.data;
      const spans = (state.spans[user] ?? []).map((span) =>
        span.leftAt === null ? { ...span, leftAt: sequence, lastNotice: notice } : span,
      );
      return {
        ...state,
        spans: { ...state.spans, [user]: spans },
        present: state.present - 1,
        lastNotice: notice,
      };
    }
    case 'ConversationTitled':
      return { ...state, title: event.data.title, lastNotice: event.data.notice };
    default:
      return unreachable(event);
  }
};
