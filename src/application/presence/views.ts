import { effectiveOf, type PresenceResult } from '../../domain/presence/index.js';
import type { OwnPresenceView, PresenceView } from '../protocol/index.js';

/** One's own presence, and why. Where the sessions are is the servers' business alone. */
export const ownPresenceView = (result: PresenceResult): OwnPresenceView => {
  const { state, text, until, reason } = effectiveOf(result);
  const { availability, device, chosenAt, formerAvailability, formerText, sessions } = result;
  return {
    state,
    text,
    until,
    reason,
    chosen: { availability, text: result.text, until: result.until, device, at: chosenAt },
    former: formerAvailability === null ? null : { availability: formerAvailability, text: formerText },
    sessions: sessions.map((session) => ({ device: session.device, idle: session.idle, since: session.openedAt })),
  };
};

/** What who may not know is told: the same as of somebody who is not there. */
export const offline = (user: string): PresenceView => ({
  user,
  state: 'offline',
  text: null,
  until: null,
  since: null,
});
