import { effectiveOf, type EffectivePresence } from '../../domain/presence/effective.js';
import type { PresenceResult } from '../../domain/presence/state.js';

/** What a person's watchers see; key: the person. Who may read it is asked of the person's own list of watchers, every time. */
export interface PresenceDocument {
  readonly user: string;
  readonly state: EffectivePresence['state'];
  readonly text: string | null;
  readonly until: number | null;
  readonly since: number | null;
}

export const presenceDocument = (user: string, result: PresenceResult): PresenceDocument => {
  const { state, text, until } = effectiveOf(result);
  // When somebody went is not told.
  return { user, state, text, until, since: state === 'offline' ? null : result.since };
};
