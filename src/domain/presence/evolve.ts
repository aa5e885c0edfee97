import type { PresenceEvent } from './events.js';
import { resultOf, type PresenceState } from './state.js';

/** Every event carries the whole result: what was before does not matter, and may be gone. */
export const evolve = (_before: PresenceState, { data }: PresenceEvent): PresenceState => resultOf(data);
