/** One user's tab of one conversation; key: `owner/conversationId`. See `TabView` of the protocol for what the fields mean. */
export interface TabDocument {
  readonly conversationId: string;
  readonly open: boolean;
  readonly openedAt: number;
  readonly hiddenUpTo: number;
  readonly readMarker: number;
}

export const tabKey = (owner: string, conversationId: string): string => `${owner}/${conversationId}`;
