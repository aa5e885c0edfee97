import type { Clock } from '../../src/application/ports/clock.js';
import { DAY_MS } from '../../src/application/ports/event-retention.js';
import { asInstant, type Instant } from '../../src/domain/kernel/instant.js';

/** The time of day, and what a test lets pass beyond it. */
export class MovedClock implements Clock {
  private aheadMs = 0;

  now(): Instant {
    return asInstant(Date.now() + this.aheadMs);
  }

  passDays(days: number): void {
    this.aheadMs += days * DAY_MS;
  }
}
