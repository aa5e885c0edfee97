import { unreachable } from '../kernel/decider.js';
import type { UserId } from '../kernel/ids.js';
import { addressed, quoted, titleOf } from './asked.js';
import type { ConversationCommand } from './commands.js';
import type { ConversationEvent } from './events.js';
import type { ConversationState } from './state.js';

/** What each command's event must be, and what of it must be the same when the command comes again. An erased text counts as equal. */
export const produced = (
  command: ConversationCommand,
  events: readonly ConversationEvent[],
  state: ConversationState,
): boolean => {
  const [event] = events;
  if (!event) return false;
  switch (command.type) {
    case 'StartDirectConversation':
      return event.type === 'DirectConversationStarted' && event.data.participants.includes(command.data.with);
    case 'StartGroupConversation':
      return (
        event.type === 'GroupConversationStarted' &&
        sameText(event.data.title, titleOf(command.data.title)) &&
        sameUsers(
          event.data.invited,
          command.data.invited.filter((user) => user !== event.data.startedBy),
        )
      );
    case 'InviteParticipants':
      return (
        event.type === 'ParticipantsInvited' &&
        sameUsers([...event.data.users, ...event.data.passedOver], command.data.users)
      );
    case 'WithdrawInvitation':
      return event.type === 'InvitationWithdrawn' && event.data.user === command.data.user;
    case 'JoinConversation':
      return event.type === 'ParticipantJoined';
    case 'DeclineInvitation':
      return event.type === 'InvitationDeclined';
    case 'LeaveConversation':
      return event.type === 'ParticipantLeft';
    case 'TitleConversation':
      return event.type === 'ConversationTitled' && sameText(event.data.title, titleOf(command.data.title));
    case 'PostMessage':
      return (
        event.type === 'MessagePosted' &&
        event.data.messageId === command.data.messageId &&
        sameText(event.data.text, command.data.text) &&
        event.data.replyTo === quoted(state, event.data.author, command.data.replyTo, event.data.sequence) &&
        sameUsers(event.data.mentions, addressed(state, command.data.mentions, event.data.sequence))
      );
    default:
      return unreachable(command);
  }
};

const sameText = (recorded: string | null, asked: string | null): boolean => recorded === null || recorded === asked;

const sameUsers = (some: readonly UserId[], others: readonly UserId[]): boolean =>
  some.every((user) => others.includes(user)) && others.every((user) => some.includes(user));
