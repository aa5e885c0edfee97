/** Head of one conversation; key: its id. */
export interface ConversationDocument {
  readonly id: string;
  readonly kind: 'direct' | 'group';
  /** Who takes part now. */
  readonly participants: readonly string[];
  /** `null`: called after its participants. */
  readonly title: string | null;
  readonly startedAt: number;
  readonly lastSequence: number;
  readonly lastPostedAt: number | null;
}
