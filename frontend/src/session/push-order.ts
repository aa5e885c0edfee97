import type { PushedFrame } from '../../../src/application/protocol/index.js';

/**
 * Checks that the pushed frames of one connection come without a hole. After a hole nothing counts until the server starts afresh with
 * `resumed` or `snapshot`: applying what follows the hole would make what was in it look old.
 */
export class PushOrder {
  private last = 0;
  private whole = false;

  /** A new connection, or deltas that the server dropped. */
  lose(): void {
    this.whole = false;
  }

  restart(): void {
    this.last = 0;
    this.whole = false;
  }

  get isWhole(): boolean {
    return this.whole;
  }

  /** `hole`: seen now for the first time. `skip`: after a hole that is already known. */
  take({ t, n }: PushedFrame): 'apply' | 'hole' | 'skip' {
    const expected = n === this.last + 1;
    this.last = n;
    if (t !== 'delta') {
      this.whole = true;
      return 'apply';
    }
    if (this.whole && expected) return 'apply';
    const first = this.whole;
    this.whole = false;
    return first ? 'hole' : 'skip';
  }
}
