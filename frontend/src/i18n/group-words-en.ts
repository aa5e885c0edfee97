import type { GroupWords } from './group-words.js';
import { plural } from './words.js';

const count = plural('en');

export const groupWordsEn: GroupWords = {
  removeFromList: 'Remove from list',
  groupTitle: 'Name of the group chat',
  optional: 'optional',
  titleTooLong: (limit) => `The name is too long. At most ${limit} characters.`,
  groupHint: (n) => `${n} people: a group chat will be created. Each person is invited and joins when they accept.`,
  newGroupHint: 'A new group chat will be created. Messages of this private chat are not shared.',
  inviteHint: 'Each person sees the messages that are sent after they join.',
  invite: 'Invite',
  inviteMore: 'Invite to group chat…',

  groupChat: 'Group chat',
  leaveQuestion: 'Leave this group chat?',
  leaveHint: 'You have written something here that is not sent.',
  groupChats: 'Group chats',
  groupOf: (names) => `Group chat: ${names}`,
  participantCount: (n) => count(n, { one: '1 participant', other: `${n} participants` }),
  more: (n) => `+${n}`,
  allParticipants: (n) => `Show all ${n} participants`,

  allInvited: (n) => `Show all ${n} invited people`,
  invitedPeople: 'Invited people',
  invited: 'invited',
  declined: 'declined',
  withdraw: (name) => `Withdraw the invitation of ${name}`,

  invitations: 'Invitations',
  invitationTitle: 'New group chat invitation',
  invitation: (name, others) =>
    others === ''
      ? `${name} has invited you to a group chat`
      : `${name} has invited you to a group chat with ${others}`,
  joinRule: 'You will see messages sent after you join.',
  join: 'Join',
  decline: 'Decline',
  moreInvitations: (n) => count(n, { one: '1 more invitation', other: `${n} more invitations` }),

  actions: 'Actions for this conversation',
  rename: 'Name the group chat…',
  save: 'Save',
  close: 'Close',
  mute: 'Mute',
  muted: 'muted',
  mentioned: 'you are mentioned',
  leave: 'Leave the group chat',
  youLeft: (title) => `You left the group chat ${title}.`,
  leftRule: 'To come back you need a new invitation.',
  undo: 'Undo',
  reading: 'Reading',
  shareReading: 'Show others how far I have read',
};
