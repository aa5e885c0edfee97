/** Where a word was said; key: the message's. Its terms are `conversationId/word`, so that a search never leaves a conversation. */
export interface WordsDocument {
  readonly conversationId: string;
  readonly sequence: number;
  readonly author: string;
  readonly postedAt: number;
  readonly terms: readonly string[];
}

export const termOf = (conversationId: string, word: string): string => `${conversationId}/${word}`;
