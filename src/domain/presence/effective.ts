import type { Instant } from '../kernel/instant.js';
import type { Availability, PresenceResult } from './state.js';

export type Reason = 'chosen' | 'idle' | 'outside-working-hours' | 'do-not-disturb' | 'default' | 'disconnected';

/** What watchers see, and why. */
export interface EffectivePresence {
  readonly state: Availability | 'offline';
  readonly text: string | null;
  readonly until: Instant | null;
  readonly reason: Reason;
}

/**
 * One presence over all sessions. The strongest first: nobody there; a choice other than "available"; the schedule, unless something was chosen
 * since it began; nobody at any device; else available.
 */
export const effectiveOf = (result: PresenceResult): EffectivePresence => {
  const { sessions, availability, text, until, imposed, overridden, imposedUntil, chosenAt } = result;
  if (sessions.length === 0) return { state: 'offline', text: null, until: null, reason: 'disconnected' };
  if (availability !== 'available') return { state: availability, text, until, reason: 'chosen' };
  if (imposed && !overridden) return { state: imposed.availability, text, until: imposedUntil, reason: imposed.reason };
  if (sessions.every(({ idle }) => idle)) return { state: 'away', text, until: null, reason: 'idle' };
  return { state: 'available', text, until, reason: chosenAt === null ? 'default' : 'chosen' };
};
