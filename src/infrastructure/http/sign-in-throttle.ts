import { TokenBucket } from '../limits/token-bucket.js';

const MOST = 50_000;

/** Slows guessing down, per login and per address. Only failures count, and nobody is locked out for good: that would be an attack by itself. */
export class SignInThrottle {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly perMinute: number) {}

  /** Milliseconds until a try is allowed; 0: now. */
  wait(login: string, address: string, now: number): number {
    return Math.max(...keysOf(login, address).map((key) => this.buckets.get(key)?.wait(now) ?? 0));
  }

  failed(login: string, address: string, now: number): void {
    for (const key of keysOf(login, address)) {
      let bucket = this.buckets.get(key);
      if (!bucket) {
        if (this.buckets.size >= MOST) this.tidy(now);
        bucket = new TokenBucket(this.perMinute / 60, this.perMinute, now);
        this.buckets.set(key, bucket);
      }
      bucket.take(now);
    }
  }

  private tidy(now: number): void {
    for (const [key, bucket] of this.buckets) if (bucket.isFull(now)) this.buckets.delete(key);
    if (this.buckets.size >= MOST) this.buckets.clear(); // a flood of names: the addresses' buckets fill again at once
  }
}

const keysOf = (login: string, address: string): string[] => [`login ${login}`, `address ${address}`];
