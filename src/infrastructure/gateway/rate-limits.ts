import type { Limits } from '../../application/protocol/index.js';
import { TokenBucket } from '../limits/token-bucket.js';

export type RateName = 'commands' | 'queries' | 'finds' | 'writing';

/** The buckets of each person, over all their connections. */
export class RateLimits {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly limits: Limits) {}

  /** Milliseconds to wait; 0: let through. */
  take(userId: string, rate: RateName, now: number): number {
    const key = `${rate} ${userId}`;
    let bucket = this.buckets.get(key);
    if (!bucket) {
      bucket = new TokenBucket(this.limits[`${rate}PerSecond`], this.limits[`${rate}Burst`], now);
      this.buckets.set(key, bucket);
    }
    return bucket.take(now);
  }

  /** Forgets buckets that are full again. Called now and then. */
  tidy(now: number): void {
    for (const [key, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(key);
  }
}
