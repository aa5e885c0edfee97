import type { Clock } from '../session/index.js';

/**
 * Tells the server when nobody has been at this device for a while, and when somebody is again. Says each once; a new connection counts as
 * active, so that one made while nobody is there says so again.
 */
export class Activity {
  private inputAt: number;
  private isIdle = false;
  private idleMs: number | null = null;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly send: (active: boolean) => boolean,
  ) {
    this.inputAt = clock.now();
  }

  /** A key, a pointer, a scroll: somebody is here. Cheap enough for every one of them. */
  input(): void {
    this.inputAt = this.clock.now();
    if (!this.isIdle) return;
    this.isIdle = false;
    this.send(true);
    this.wait();
  }

  connected(idleMs: number): void {
    this.idleMs = idleMs;
    if (this.isIdle) this.send(false);
    else this.wait();
  }

  /** One timer for all input: when it ends, it goes on for what the last input left of the time. */
  private wait(): void {
    this.cancel?.();
    if (this.idleMs === null) return;
    const left = Math.max(0, this.inputAt + this.idleMs - this.clock.now());
    this.cancel = this.clock.after(left, () => {
      this.look();
    });
  }

  private look(): void {
    if (this.idleMs === null) return;
    if (this.clock.now() - this.inputAt < this.idleMs) {
      this.wait();
      return;
    }
    this.isIdle = true;
    this.send(false);
  }
}
