/** One user's tab of one conversation; key: `owner/conversationId`. See `TabView` of the protocol for what the fields mean. */
export interface TabDocument {
  readonly conversationId: string;
  readonly open: boolean;
  readonly openedAt: number;
  readonly hiddenUpTo: number;
  readonly readMarker: number;
  readonly muted: boolean;
  /** Sequence of the newest message that mentions the owner; 0: none. */
  readonly mentionedAt: number;
  /** Sequence of the newest message that mentioned the owner and was retracted; 0: none. */
  readonly mentionRetracted: number;
}

export const tabKey = (owner: string, conversationId: string): string => `${owner}/${conversationId}`;

/** A tab as it is when its owner begins to take part: what was said up to `from` is not for them. */
export const freshTab = (
  conversationId: string,
  { open, openedAt, from }: { readonly open: boolean; readonly openedAt: number; readonly from: number },
): TabDocument => ({
  conversationId,
  open,
  openedAt,
  hiddenUpTo: from,
  readMarker: from,
  muted: false,
  mentionedAt: 0,
  mentionRetracted: 0,
});
