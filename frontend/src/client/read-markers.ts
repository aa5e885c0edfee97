import type { Clock } from '../session/index.js';

/** At most one command in this time. */
const BATCH_MS = 500;

/** Tells the server what was read, but not for every single message (2.3 of the design: one per 500 ms). */
export class ReadMarkers {
  private readonly wanted = new Map<string, number>();
  private isResting = false;

  constructor(
    private readonly clock: Clock,
    private readonly send: (conversationId: string, sequence: number) => void,
  ) {}

  move(conversationId: string, sequence: number): void {
    if (sequence <= (this.wanted.get(conversationId) ?? 0)) return;
    this.wanted.set(conversationId, sequence);
    if (!this.isResting) this.sendOne();
  }

  private sendOne(): void {
    const [next] = this.wanted;
    if (!next) return;
    this.wanted.delete(next[0]);
    this.isResting = true;
    this.clock.after(BATCH_MS, () => {
      this.isResting = false;
      this.sendOne();
    });
    this.send(...next);
  }
}
