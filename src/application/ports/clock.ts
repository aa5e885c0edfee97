import type { Instant } from '../../domain/kernel/instant.js';

/** Wall-clock time. Jumps when an administrator or NTP says so: order comes from sequences and positions, never from here. */
export interface Clock {
  now(): Instant;
}
