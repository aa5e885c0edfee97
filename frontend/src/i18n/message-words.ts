/** What is said of single messages, of writing and of searching. */
export interface MessageWords {
  readonly youInvited: (name: string) => string;
  readonly invited: (by: string, names: string) => string;
  readonly joined: (name: string) => string;
  readonly left: (name: string) => string;
  readonly declined: (name: string) => string;
  readonly withdrawn: (name: string) => string;
  readonly titled: (by: string, title: string) => string;
  readonly youTitled: (title: string) => string;
  readonly untitled: (by: string) => string;
  readonly youUntitled: string;

  readonly startOfGroup: string;
  readonly joinedHere: string;
  readonly actions: (author: string, start: string) => string;
  readonly reply: string;
  readonly react: string;
  readonly edit: string;
  readonly remove: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly edited: string;
  readonly editedAt: (time: string) => string;
  readonly removed: string;
  readonly removing: string;
  readonly removeQuestion: string;
  readonly removeHint: string;
  readonly cancel: string;
  readonly changeFailed: string;
  readonly notSaved: string;
  readonly copyUnsaved: string;
  readonly discardUnsaved: string;
  readonly dismiss: string;

  readonly replyingTo: (name: string) => string;
  readonly cancelReply: string;
  readonly editing: string;
  readonly cancelEdit: string;
  readonly saveEdit: string;
  readonly quoted: (name: string) => string;
  readonly unseen: string;
  readonly goToQuoted: (name: string, start: string) => string;
  readonly cannotShow: string;

  readonly reactionNames: Readonly<Record<string, string>>;
  readonly reactionBy: (reaction: string, names: string, n: number) => string;
  readonly addReaction: string;
  readonly mentionList: string;
  readonly mentionsFound: (n: number) => string;

  readonly writing: (names: readonly string[]) => string;
  readonly readBy: (names: string) => string;
  readonly read: string;
  readonly moreReaders: (n: number) => string;
  readonly toNewest: string;
  readonly newerLoading: string;

  readonly search: string;
  readonly searchFor: string;
  readonly searchHere: string;
  readonly searchAll: string;
  readonly searchWhere: string;
  readonly searchHint: string;
  readonly searching: string;
  readonly nothingFound: (text: string) => string;
  readonly found: (n: number, more: boolean) => string;
  readonly searchFailed: string;
  readonly searchMore: string;
  readonly closeSearch: string;

  readonly save: string;
  readonly saving: (n: number) => string;
  readonly saved: (n: number) => string;
  readonly saveFailed: string;
  readonly saveHead: (title: string, time: string) => string;
  readonly saveRemoved: string;
  readonly saveReplies: (name: string, start: string) => string;
}
