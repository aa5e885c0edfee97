import { groupWordsEn } from './group-words-en.js';
import { messageWordsEn } from './message-words-en.js';
import { peopleWordsEn } from './people-words-en.js';
import { problemsEn } from './problems.js';
import { plural, type Words } from './words.js';

const count = plural('en');

export const en: Words = {
  language: 'English',
  appName: 'Parley',
  instantMessaging: 'Instant messaging',
  people: 'People',
  you: 'you',
  unknownPerson: 'Former member',

  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signOut: 'Sign out',
  login: 'Login',
  password: 'Password',
  showPassword: 'Show password',
  signInRefused: 'The login or the password is not right.',
  signInTooMany: (seconds) =>
    seconds === null ? 'Too many tries. Wait a moment, then try again.' : `Too many tries. Try again in ${seconds} s.`,
  signInUnreachable: 'The server does not answer. Check your connection, then try again.',
  signInFailed: 'Something went wrong on the server. Try again in a moment.',
  signInMissing: 'Enter your login and your password.',
  signInAgain: 'Please sign in again',
  textIsKept: 'Your session ended. Your text is kept.',
  signOutFailed: 'You could not be signed out, because the server does not answer.',

  account: (name) => `Account of ${name}`,
  languageMenu: 'Language',
  favorites: 'Favorites',
  notInList: 'Not in list',

  newConversation: 'New conversation',
  chatWith: 'Chat with…',
  chat: 'Chat',
  cancel: 'Cancel',
  peopleFound: (n) => count(n, { one: '1 person found', other: `${n} people found` }),
  nobodyFound: (text) => `No one found for “${text}”`,
  typeName: 'Type a name',
  directorySilent: 'The directory does not answer.',
  tryAgain: 'Try again',
  removeChip: (name) => `Remove ${name} from list`,
  startFailed: 'The conversation could not be started.',

  conversations: 'Conversations',
  closeConversation: 'Close conversation',
  unread: (n) => count(n, { one: '1 unread message', other: `${n} unread messages` }),
  participants: 'Participants',
  groups: groupWordsEn,
  back: 'Back to conversations',
  noConversation: 'No conversation open',
  noConversationHint: 'Pick someone from the list or start a new conversation.',

  messages: 'Messages',
  startOfChat: (name) => `This is the start of your chat with ${name}.`,
  today: 'Today',
  yesterday: 'Yesterday',
  newMessages: 'New',
  olderLoading: 'Loading older messages…',
  missedLoading: 'Loading missed messages…',
  loadFailed: 'Messages could not be loaded.',
  erased: 'This message was erased.',
  sending: 'Sending…',
  waiting: 'Waiting for connection',
  notSent: 'Not sent.',
  retry: 'Retry',
  delete: 'Delete',
  ribbon: (author) => `${author}:`,
  ribbonLabel: (author, start, n) =>
    `${count(n, { one: '1 new message', other: `${n} new messages` })}. ${author}: ${start}. Go to the end`,
  said: (author, text) => `${author}: ${text}`,
  manyNew: (n) => count(n, { one: '1 new message', other: `${n} new messages` }),

  compose: 'Send a message',
  send: 'Send',
  roomLeft: (n) => count(n, { one: '1 character left', other: `${n} characters left` }),
  tooLong: (n) =>
    count(n, {
      one: '1 character too many. Shorten the message or send it in parts.',
      other: `${n} characters too many. Shorten the message or send it in parts.`,
    }),

  connecting: 'Connecting…',
  connectionLost: 'Connection lost.',
  tryingIn: (seconds) => `Trying again in ${seconds} s.`,
  tryNow: 'Try now',
  stillOffline: 'Still offline. Your messages are kept and will be sent.',
  backOnline: 'Back online',
  outdated: 'This page is older than the server.',
  reload: 'Reload',
  unreadTitle: 'Unread messages',
  kept: 'Your messages are kept and will be sent.',
  problems: problemsEn,
  message: messageWordsEn,
  ...peopleWordsEn,
};
