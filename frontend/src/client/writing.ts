import type { Clock } from '../session/index.js';

/** At most one frame in this time and conversation. */
const PAUSE_MS = 3_000;

/** Tells the others that one is writing, as often as they need to hear it. */
export class Writing {
  private readonly resting = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly send: (conversationId: string) => void,
  ) {}

  /** Something was typed. */
  typed(conversationId: string): void {
    if (this.resting.has(conversationId)) return;
    const cancel = this.clock.after(PAUSE_MS, () => this.resting.delete(conversationId));
    this.resting.set(conversationId, cancel);
    this.send(conversationId);
  }

  /** The message was sent: who goes on writing says so at once. */
  done(conversationId: string): void {
    this.resting.get(conversationId)?.();
    this.resting.delete(conversationId);
  }
}
