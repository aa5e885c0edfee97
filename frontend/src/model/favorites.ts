import type { FavoriteRequestView, WatcherView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import { openInvitations } from './invitations.js';

/** Who is marked with the star, whether or not they accepted. */
export const isFavorite = ({ favorites }: ClientState, userId: string): boolean =>
  (favorites.get(userId)?.doc ?? null) !== null;

/** Who asks to see one's presence, the newest first. */
export const openRequests = ({ requests }: ClientState): FavoriteRequestView[] =>
  [...requests.values()]
    .flatMap(({ doc }) => doc ?? [])
    .sort((a, b) => b.askedAt - a.askedAt || (a.from < b.from ? -1 : 1));

/** What waits for an answer of one's own, as keys that change when it is asked anew. */
export const openCards = (state: ClientState): string[] => [
  ...openInvitations(state).map(({ conversationId, invitedAt }) => `${conversationId} ${invitedAt}`),
  ...openRequests(state).map(({ from, askedAt }) => `${from} ${askedAt}`),
];

/** Who may see one's presence, in the order in which they were allowed to. */
export const watchersOf = ({ watchers }: ClientState): WatcherView[] =>
  [...watchers.values()]
    .flatMap(({ doc }) => doc ?? [])
    .sort((a, b) => a.since - b.since || (a.user < b.user ? -1 : 1));
