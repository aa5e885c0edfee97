import type { ErrorCode } from '../../../src/application/protocol/index.js';

/** A message of one's own that the server has not confirmed. Its id names the intention and stays the same for every try. */
export interface PendingMessage {
  readonly messageId: string;
  readonly conversationId: string;
  readonly text: string;
  /** The sequence that it answers. */
  readonly replyTo: number | null;
  readonly mentions: readonly string[];
  readonly writtenAt: number;
  /** `null` while it is on its way, or waits for a connection. */
  readonly failure: ErrorCode | null;
}
