import type { Clock } from './clock.js';

/** Barks when nothing was heard for too long: a link that died without a word, or a machine that slept. */
export class Watchdog {
  private heardAt = 0;
  private patienceMs = 0;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly bark: () => void,
  ) {}

  start(patienceMs: number): void {
    this.stop();
    this.patienceMs = patienceMs;
    this.heard();
    this.sleep(patienceMs);
  }

  heard(): void {
    this.heardAt = this.clock.now();
  }

  /** For moments at which timers may have been asleep themselves. */
  look(): void {
    if (!this.cancel) return;
    const leftMs = this.heardAt + this.patienceMs - this.clock.now();
    if (leftMs > 0) return;
    this.stop();
    this.bark();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  /** One timer per patience, not one per frame. */
  private sleep(milliseconds: number): void {
    this.cancel = this.clock.after(milliseconds, () => {
      const leftMs = this.heardAt + this.patienceMs - this.clock.now();
      if (leftMs > 0) this.sleep(leftMs);
      else this.look();
    });
  }
}
