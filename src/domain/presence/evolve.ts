import type { PresenceEvent } from './events.js';
import type { PresenceState } from './state.js';

/** Every event carries the whole result: what was before does not matter, and may be gone. */
export const evolve = (_before: PresenceState, { data }: PresenceEvent): PresenceState => ({
  sessions: data.sessions,
  availability: data.availability,
  text: data.text,
  until: data.until,
  device: data.device,
  chosenAt: data.chosenAt,
  formerAvailability: data.formerAvailability,
  formerText: data.formerText,
  imposed: data.imposed,
  overridden: data.overridden,
  imposedUntil: data.imposedUntil,
  since: data.since,
});
