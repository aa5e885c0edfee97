import type { NoticeView } from '../../../src/application/protocol/index.js';
import type { MessageWords } from '../i18n/message-words.js';

export interface NoticeSpeaker {
  readonly words: MessageWords;
  readonly self: string | undefined;
  readonly nameOf: (userId: string) => string;
  /** Several names as one text. */
  readonly listed: (names: readonly string[]) => string;
}

type Speak = (notice: NoticeView, speaker: NoticeSpeaker, isOwn: boolean) => readonly string[];

/** S28: who invited is told of each of the invited in a line of their own. */
const SPEAK: Readonly<Record<NoticeView['what'], Speak>> = {
  invited: ({ by, users }, { words, nameOf, listed }, isOwn) =>
    isOwn
      ? users.map((user) => words.youInvited(nameOf(user)))
      : [words.invited(nameOf(by), listed(users.map(nameOf)))],
  withdrawn: ({ users }, { words, nameOf }) => users.map((user) => words.withdrawn(nameOf(user))),
  declined: ({ users }, { words, nameOf }) => users.map((user) => words.declined(nameOf(user))),
  joined: ({ by }, { words, nameOf }) => [words.joined(nameOf(by))],
  left: ({ by }, { words, nameOf }) => [words.left(nameOf(by))],
  titled: ({ by, title }, { words, nameOf }, isOwn) => {
    if (title === null) return [isOwn ? words.youUntitled : words.untitled(nameOf(by))];
    return [isOwn ? words.youTitled(title) : words.titled(nameOf(by), title)];
  },
};

/** What is said of something that happened between messages: one text or more. */
export const noticeTexts = (notice: NoticeView, speaker: NoticeSpeaker): readonly string[] =>
  SPEAK[notice.what](notice, speaker, notice.by === speaker.self);
