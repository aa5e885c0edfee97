import { applyPage, peopleNamedOnPage, withPeople } from '../model/index.js';
import type { Clock, Session } from '../session/index.js';
import { PeopleLoader } from './people-loader.js';
import type { Store } from './store.js';
import { TranscriptLoader } from './transcript-loader.js';

/** Names of people, asked of the server and kept in the store. */
export const peopleLoader = (store: Store, session: Session): PeopleLoader =>
  new PeopleLoader({
    isLive: () => store.isLive,
    isKnown: (id) => store.data.people.has(id),
    ask: async (ids) => (await session.query('people.get', { ids })).people,
    loaded: (people) => {
      store.setData({ ...store.data, people: withPeople(store.data.people, people) });
    },
  });

/** Pages of transcripts, asked of the server and kept in the store; with the names that they need. */
export const transcriptLoader = (
  store: Store,
  session: Session,
  { clock, people }: { readonly clock: Clock; readonly people: PeopleLoader },
): TranscriptLoader =>
  new TranscriptLoader({
    clock,
    state: () => store.data,
    isLive: () => store.isLive,
    ask: (data) => session.query('transcript.page', data),
    loaded: (asked, page, replaces) => {
      store.setUnloadable(asked.conversationId, false);
      store.setData(applyPage(store.data, asked, page, replaces));
      people.want(peopleNamedOnPage(page));
    },
    failed: (id) => {
      store.setUnloadable(id, store.isLive);
    },
  });
