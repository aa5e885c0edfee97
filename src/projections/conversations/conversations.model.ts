/** Head of one conversation; key: its id. */
export interface ConversationDocument {
  readonly id: string;
  readonly kind: 'direct';
  readonly participants: readonly string[];
  readonly startedAt: number;
  readonly lastSequence: number;
  readonly lastPostedAt: number | null;
}
