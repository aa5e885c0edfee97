/** One message; key: `conversationId/sequence`, see `messageKey`. */
export interface MessageDocument {
  readonly conversationId: string;
  readonly sequence: number;
  readonly messageId: string;
  readonly author: string;
  readonly text: string | null;
  readonly postedAt: number;
}

/** Digits that a sequence is written with in a key, so that keys sort as sequences do. */
const SEQUENCE_DIGITS = 10;

export const messageKey = (conversationId: string, sequence: number): string =>
  `${conversationId}/${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;
