/** Somebody who was invited and has not joined, as the inviter sees them; key: `inviter/conversationId/invited`. */
export interface InvitedDocument {
  readonly conversationId: string;
  readonly user: string;
  readonly state: 'invited' | 'declined';
  readonly since: number;
}

export const invitedKey = (inviter: string, conversationId: string, invited: string): string =>
  `${inviter}/${conversationId}/${invited}`;
