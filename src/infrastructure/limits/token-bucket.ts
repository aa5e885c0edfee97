/** Lets `perSecond` through in the long run and `burst` at once (token bucket). Times are monotonic milliseconds. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    now: number,
  ) {
    this.tokens = burst;
    this.filledAt = now;
  }

  /** Milliseconds to wait before one more is let through; 0: it was let through. */
  take(now: number): number {
    const waitMs = this.wait(now);
    if (waitMs === 0) this.tokens -= 1;
    return waitMs;
  }

  /** What `take` would answer, without taking. */
  wait(now: number): number {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1_000) * this.perSecond);
    this.filledAt = now;
    return this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) / this.perSecond) * 1_000);
  }

  /** Whether nothing was taken for so long that forgetting the bucket changes nothing. */
  isFull(now: number): boolean {
    return this.tokens + ((now - this.filledAt) / 1_000) * this.perSecond >= this.burst;
  }
}
