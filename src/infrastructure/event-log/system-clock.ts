import type { Clock } from '../../application/ports/clock.js';
import { asInstant } from '../../domain/kernel/instant.js';

export const systemClock: Clock = { now: () => asInstant(Date.now()) };
