/** An open invitation, as the invited person sees it; key: `invited/conversationId`. */
export interface InvitationDocument {
  readonly conversationId: string;
  readonly invitedBy: string;
  /** Some of the others who take part or are invited: at most ten. */
  readonly others: readonly string[];
  readonly invitedAt: number;
}

export const invitationKey = (invited: string, conversationId: string): string => `${invited}/${conversationId}`;
