import { viewKey, type OwnPresenceView, type PresenceView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';

/** `unknown`: one is not allowed to see it (S14, S16). */
export type ShownState = PresenceView['state'] | 'unknown';
export interface ShownPresence {
  readonly state: ShownState;
  readonly text: string | null;
  readonly until: number | null;
}

const UNKNOWN: ShownPresence = { state: 'unknown', text: null, until: null };

/** Before the server said anything (S89). */
export const DEFAULT_OWN_PRESENCE: OwnPresenceView = {
  state: 'available',
  text: null,
  until: null,
  reason: 'default',
  chosen: { availability: 'available', text: null, until: null, device: null, at: null },
  former: null,
  sessions: [],
};

/**
 * One's own presence. Who looks at this page is there: until the server has noticed it, what holds is what was chosen.
 */
export const ownPresenceOf = ({ ownPresence }: ClientState): OwnPresenceView => {
  const own = ownPresence.get(viewKey.ownPresence())?.doc ?? DEFAULT_OWN_PRESENCE;
  if (own.state !== 'offline') return own;
  const { availability, text, until, at } = own.chosen;
  return { ...own, state: availability, text, until, reason: at === null ? 'default' : 'chosen' };
};

/** What one may see of somebody: of oneself everything, of accepted favorites what they show, of everybody else nothing. */
export const presenceOf = (state: ClientState, userId: string): ShownPresence => {
  if (userId === state.self?.id) return ownPresenceOf(state);
  if (state.favorites.get(userId)?.doc?.state !== 'accepted') return UNKNOWN;
  return state.presences.get(userId)?.doc ?? UNKNOWN;
};

/** Who is busy is shown how much there is, and is not called (S91). */
export const isQuiet = (state: ClientState): boolean => ownPresenceOf(state).state === 'busy';

/** Something that can be cleared: words of one's own, or an end. */
export const canClear = ({ chosen }: OwnPresenceView): boolean => chosen.text !== null || chosen.until !== null;

/** What is chosen when it is cleared: what comes back at its end, or the bare status. */
export const clearedChoice = ({
  chosen,
  former,
}: OwnPresenceView): Pick<OwnPresenceView['chosen'], 'availability' | 'text' | 'until'> =>
  former ? { ...former, until: null } : { availability: chosen.availability, text: null, until: null };
