import type { MessageWords } from './message-words.js';
import { plural } from './words.js';

const count = plural('en');

export const messageWordsEn: MessageWords = {
  youInvited: (name) => `You have invited ${name}`,
  invited: (by, names) => `${by} has invited ${names}`,
  joined: (name) => `${name} has joined the group chat`,
  left: (name) => `${name} has left the group chat`,
  declined: (name) => `${name} has declined your invitation`,
  withdrawn: (name) => `You have withdrawn the invitation of ${name}`,
  titled: (by, title) => `${by} has named the group chat “${title}”`,
  youTitled: (title) => `You have named the group chat “${title}”`,
  untitled: (by) => `${by} has removed the name of the group chat`,
  youUntitled: 'You have removed the name of the group chat',

  startOfGroup: 'This is the start of the group chat.',
  joinedHere: 'You joined here. Earlier messages are not shown to you.',
  actions: (author, start) => `Actions for the message of ${author}: ${start}`,
  reply: 'Reply',
  react: 'React',
  edit: 'Edit',
  remove: 'Delete',
  copy: 'Copy text',
  copied: 'Text copied',
  copyFailed: 'The text could not be copied.',
  edited: 'edited',
  editedAt: (time) => `edited ${time}`,
  removed: 'Message deleted',
  removing: 'Delete message',
  removeQuestion: 'Delete this message?',
  removeHint: 'Nobody in the conversation can read it any more. What others saved before stays with them.',
  cancel: 'Cancel',
  changeFailed: 'The change was not taken.',
  notSaved: 'Not saved:',
  copyUnsaved: 'Copy',
  discardUnsaved: 'Discard',
  dismiss: 'Close this notice',

  replyingTo: (name) => `Reply to ${name}`,
  cancelReply: 'Do not reply to this message',
  editing: 'Edit your message',
  cancelEdit: 'Stop editing',
  saveEdit: 'Save',
  quoted: (name) => `Reply to ${name}`,
  unseen: 'A message that you cannot see',
  goToQuoted: (name, start) => `Go to the message of ${name}: ${start}`,
  cannotShow: 'That message cannot be shown to you.',

  reactionNames: {
    '👍': 'thumbs up',
    '❤️': 'heart',
    '😂': 'tears of joy',
    '🎉': 'party',
    '😮': 'surprised',
    '😢': 'sad',
    '✅': 'done',
    '👀': 'looking',
  },
  reactionBy: (reaction, names, n) =>
    `${count(n, { one: '1 reaction', other: `${n} reactions` })}, ${reaction}: ${names}`,
  addReaction: 'Add a reaction',
  mentionList: 'People to mention',
  mentionsFound: (n) => count(n, { one: '1 person to mention', other: `${n} people to mention` }),

  writing: ([first, second, ...more]) =>
    second === undefined
      ? `${first ?? ''} is writing…`
      : more.length === 0
        ? `${first ?? ''} and ${second} are writing…`
        : 'Several people are writing…',
  readBy: (names) => `Read by ${names}`,
  read: 'Read',
  moreReaders: (n) => `+${n}`,
  toNewest: 'Go to the newest message',
  newerLoading: 'Loading newer messages…',

  search: 'Search messages',
  searchFor: 'Words to look for',
  searchHere: 'This conversation',
  searchAll: 'All conversations',
  searchWhere: 'Where to search',
  searchHint: 'Finds messages that have every word, the last one by its beginning.',
  searching: 'Searching…',
  nothingFound: (text) => `No message found for “${text}”`,
  found: (n, more) =>
    more ? `The newest ${n} messages` : count(n, { one: '1 message found', other: `${n} messages found` }),
  searchFailed: 'The search could not be made.',
  searchMore: 'Show more',
  closeSearch: 'Close search',

  save: 'Save as text',
  saving: (n) => count(n, { one: 'Saving: 1 message…', other: `Saving: ${n} messages…` }),
  saved: (n) => count(n, { one: '1 message saved', other: `${n} messages saved` }),
  saveFailed: 'The conversation could not be saved.',
  saveHead: (title, time) => `Conversation with ${title}, saved on ${time}`,
  saveRemoved: '(message deleted)',
  saveReplies: (name, start) => `(in reply to ${name}: ${start})`,
};
