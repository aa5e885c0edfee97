/** What a client shows. Ids are UUID texts; instants are milliseconds since 1970-01-01T00:00:00Z. */

export interface PersonView {
  readonly id: string;
  /** `null`: the person was erased. */
  readonly name: string | null;
  readonly email: string | null;
}

/** Head of a conversation; `lastSequence` is 0 while nothing was said. */
export interface ConversationView {
  readonly id: string;
  readonly kind: 'direct';
  readonly participants: readonly string[];
  readonly startedAt: number;
  readonly lastSequence: number;
  /** `null` while nothing was said. */
  readonly lastPostedAt: number | null;
}

/**
 * One's own tab of a conversation. It is shown if `open || lastSequence > hiddenUpTo`: a message that comes after the tab was closed (or
 * before it was ever opened) shows it. Unread is `lastSequence - readMarker`.
 */
export interface TabView {
  readonly conversationId: string;
  readonly open: boolean;
  /** Tabs are ordered by this instant, then by conversation id. */
  readonly openedAt: number;
  readonly hiddenUpTo: number;
  readonly readMarker: number;
}

/** One message. The pair of conversation and sequence names it; `messageId` is the id that its author's client gave. */
export interface MessageView {
  readonly conversationId: string;
  readonly sequence: number;
  readonly messageId: string;
  readonly author: string;
  /** `null`: the author was erased. */
  readonly text: string | null;
  readonly postedAt: number;
}

/** The views whose changes are pushed, by name. */
export interface Views {
  conversation: ConversationView;
  tab: TabView;
  message: MessageView;
}
export type ViewName = keyof Views;

/** Name of a document within its view; for `message`: `conversationId/sequence`. */
export const viewKey = {
  conversation: (view: ConversationView): string => view.id,
  tab: (view: TabView): string => view.conversationId,
  message: (view: MessageView): string => `${view.conversationId}/${view.sequence}`,
} as const;

/** A tab is shown when it was opened, or when something was said after it was closed. */
export const isTabShown = (tab: TabView, lastSequence: number): boolean => tab.open || lastSequence > tab.hiddenUpTo;
export const unreadOf = (tab: TabView, lastSequence: number): number => Math.max(0, lastSequence - tab.readMarker);
