import { randomUUID } from 'node:crypto';
import { type WireClient } from './wire-client.js';

export interface Acked {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly sequence: number;
}

/** A client that keeps at it, as the browser's does: it comes back when the link breaks, and resends what has no answer with the same id. */
export class StubbornClient {
  readonly acked: Acked[] = [];
  private connecting: Promise<unknown> | null = null;

  constructor(readonly wire: WireClient) {}

  /** Posts until it is acknowledged. */
  async post(conversationId: string, text: string): Promise<Acked> {
    const id = randomUUID();
    for (;;) {
      const outcome = await this.attempt(conversationId, text, id);
      if (outcome?.ok) {
        const acked = { id, conversationId, text, sequence: outcome.result.sequence };
        this.acked.push(acked);
        return acked;
      }
      if (outcome?.ok === false && !outcome.error.retryable) throw new Error(`refused: ${outcome.error.code}`);
      await this.comeBack();
    }
  }

  /** Resolves when there is a connection. */
  async comeBack(): Promise<void> {
    while (this.wire.closed !== null || this.connecting !== null) {
      this.connecting ??= this.wire.connect().then(
        () => (this.connecting = null),
        () => (this.connecting = null),
      );
      await this.connecting;
      if (this.wire.closed !== null) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }

  private async attempt(conversationId: string, text: string, id: string) {
    try {
      return await this.wire.command('conversation.post', { conversationId, text }, id);
    } catch {
      return null; // the link broke: whether it was written, nobody knows yet
    }
  }
}
