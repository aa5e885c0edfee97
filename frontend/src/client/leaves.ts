import type { Clock } from '../session/index.js';

/** How long one can think better of it. */
export const UNDO_MS = 6_000;

/** Groups that are left in a moment: the command goes when the time to undo it is over, or when the page is about to go. */
export class Leaves {
  private readonly waiting = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly send: (conversationId: string) => void,
  ) {}

  begin(conversationId: string): void {
    if (this.waiting.has(conversationId)) return;
    const cancel = this.clock.after(UNDO_MS, () => {
      this.finish(conversationId);
    });
    this.waiting.set(conversationId, cancel);
  }

  /** `false`: it is too late. */
  undo(conversationId: string): boolean {
    this.waiting.get(conversationId)?.();
    return this.waiting.delete(conversationId);
  }

  finishAll(): void {
    for (const id of [...this.waiting.keys()]) this.finish(id);
  }

  private finish(conversationId: string): void {
    if (this.undo(conversationId)) this.send(conversationId);
  }
}
