import type { GroupWords } from './group-words.js';
import type { MessageWords } from './message-words.js';
import type { PeopleWords } from './people-words.js';
import type { Problems } from './problems.js';

/** Everything the client says. A language without one of these does not compile. */
export interface Words {
  /** The language's name in itself. */
  readonly language: string;
  readonly appName: string;
  readonly instantMessaging: string;
  readonly people: string;
  readonly you: string;
  readonly unknownPerson: string;

  readonly signIn: string;
  readonly signingIn: string;
  readonly signOut: string;
  readonly login: string;
  readonly password: string;
  readonly showPassword: string;
  readonly signInRefused: string;
  readonly signInTooMany: (seconds: number | null) => string;
  readonly signInUnreachable: string;
  readonly signInFailed: string;
  readonly signInMissing: string;
  readonly signInAgain: string;
  readonly textIsKept: string;
  readonly signOutFailed: string;

  readonly account: (name: string) => string;
  readonly languageMenu: string;
  readonly favorites: string;
  readonly notInList: string;

  readonly newConversation: string;
  readonly chatWith: string;
  readonly chat: string;
  readonly cancel: string;
  readonly peopleFound: (n: number) => string;
  readonly nobodyFound: (text: string) => string;
  readonly typeName: string;
  readonly directorySilent: string;
  readonly tryAgain: string;
  readonly removeChip: (name: string) => string;
  readonly startFailed: string;

  readonly conversations: string;
  readonly closeConversation: string;
  readonly unread: (n: number) => string;
  readonly participants: string;
  readonly groups: GroupWords;
  readonly back: string;
  readonly noConversation: string;
  readonly noConversationHint: string;

  readonly messages: string;
  readonly startOfChat: (name: string) => string;
  readonly today: string;
  readonly yesterday: string;
  readonly newMessages: string;
  readonly olderLoading: string;
  readonly missedLoading: string;
  readonly loadFailed: string;
  readonly erased: string;
  readonly sending: string;
  readonly waiting: string;
  readonly notSent: string;
  readonly retry: string;
  readonly delete: string;
  readonly ribbon: (author: string) => string;
  readonly ribbonLabel: (author: string, start: string, n: number) => string;
  readonly said: (author: string, text: string) => string;
  readonly manyNew: (n: number) => string;

  readonly compose: string;
  readonly send: string;
  readonly roomLeft: (n: number) => string;
  readonly tooLong: (n: number) => string;

  readonly connecting: string;
  readonly connectionLost: string;
  readonly tryingIn: (seconds: number) => string;
  readonly tryNow: string;
  readonly stillOffline: string;
  readonly backOnline: string;
  readonly outdated: string;
  readonly reload: string;
  readonly unreadTitle: string;
  /** While the server refuses what is sent, and it is tried again. */
  readonly kept: string;
  readonly problems: Problems;
  readonly message: MessageWords;
  readonly roster: PeopleWords['roster'];
  readonly presence: PeopleWords['presence'];
}

/** Chooses the form of a counted phrase by the rules of the language. */
export const plural = (language: string) => {
  const rules = new Intl.PluralRules(language);
  return (n: number, forms: { readonly one: string; readonly other: string }): string =>
    rules.select(n) === 'one' ? forms.one : forms.other;
};
