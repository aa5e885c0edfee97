import { isFavorite } from '../model/index.js';
import { useClient } from './use-client.js';
import { useNames } from './use-names.js';
import { useNotice } from './use-notice.js';
import { useWords } from './use-words.js';

/** What one does with the people of one's list; what comes of it is said at the edge of the window. */
export const useFavorites = () => {
  const { client, state } = useClient();
  const { words } = useWords();
  const { nameOf } = useNames();
  const { answer, dismiss } = useNotice();
  const isMarked = (user: string): boolean => isFavorite(state.value.data, user);
  /** Somebody who asked first accepted by that, and says so by themselves. */
  const askedOf = (user: string): string | null =>
    state.value.data.favorites.get(user)?.doc?.state === 'accepted' ? null : words.value.roster.asked(nameOf(user));
  return {
    isMarked,
    add: async (user: string): Promise<void> => {
      const problem = await client.tell('roster.add-favorite', { user });
      answer(problem, askedOf(user));
    },
    remove: async (user: string): Promise<void> => {
      // "Request sent" is not true any more.
      dismiss();
      answer(await client.tell('roster.remove-favorite', { user }), null);
    },
    resend: async (user: string): Promise<void> => {
      answer(await client.tell('roster.resend-request', { user }), words.value.roster.askedAgain(nameOf(user)));
    },
    revoke: async (user: string): Promise<void> => {
      answer(await client.tell('roster.revoke-watcher', { user }), null);
    },
  };
};
