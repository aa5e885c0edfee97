import type { Queries } from '../../../src/application/protocol/index.js';
import { unanswered } from './apply-change.js';
import type { ClientState } from './client-state.js';
import { comparePlaces, withNotices, type Place } from './notices.js';
import { withReactions } from './reactions.js';
import { oldestPlace, withLoose, withStretch, type Stretch } from './transcript.js';

type Page = Queries['transcript.page'];

/** What the answer to `transcript.page` adds. */
export const applyPage = (state: ClientState, asked: Page['data'], page: Page['result']): ClientState => {
  const id = asked.conversationId;
  const stretch = stretchOf(asked, page);
  // An answer that comes after one left would bring back what is to be forgotten.
  if (!stretch || isGone(state, id)) return state;
  const known = state.transcripts.get(id);
  // What lies too far behind the end to be filled gives way to the page.
  const isApart = isLatest(asked) && known !== undefined && stretch.from > known.to + 1;
  const transcript = isApart ? withLoose(stretch, known.loose) : withStretch(known, stretch);
  const notices = isApart ? noticesFrom(oldestPlace(stretch), state.notices.get(id)) : state.notices.get(id);
  return {
    ...state,
    transcripts: new Map(state.transcripts).set(id, transcript),
    notices: withEntry(state.notices, id, withNotices(notices, page.notices)),
    reactions: page.reactions.length > 0 ? reactionsWith(state, id, page.reactions) : state.reactions,
    pending: unanswered(state, page.messages),
  };
};

const isGone = ({ position, conversations }: ClientState, id: string): boolean =>
  position !== null && !conversations.get(id)?.doc;

const isLatest = ({ before, after }: Page['data']): boolean => before === undefined && after === undefined;

const withEntry = <V extends readonly unknown[]>(map: ReadonlyMap<string, V>, id: string, list: V) =>
  list.length > 0 || map.has(id) ? new Map(map).set(id, list) : map;

const noticesFrom = (place: Place, notices: ReturnType<typeof withNotices> = []) =>
  notices.filter(({ doc }) => comparePlaces(doc, place) >= 0);

const reactionsWith = ({ reactions }: ClientState, id: string, placed: Page['result']['reactions']) =>
  new Map(reactions).set(id, withReactions(reactions.get(id), placed));

/** The first and the last entry of a page, by their places; `null`: it is empty. */
export const endsOf = ({ messages, notices }: Pick<Page['result'], 'messages' | 'notices'>) => {
  const places: Place[] = [
    ...messages.map(({ doc }) => ({ sequence: doc.sequence, notice: 0 })),
    ...notices.map(({ doc }) => doc),
  ].sort(comparePlaces);
  const [first, last] = [places[0], places.at(-1)];
  return first && last ? { first, last } : null;
};

/** The ends that were asked for count as known, even where there was nothing to see. */
const stretchOf = (asked: Page['data'], page: Page['result']): Stretch | null => {
  const { messages, more } = page;
  const ends = endsOf(page);
  if (asked.after !== undefined) {
    if (!ends) return null;
    const atBeginning = asked.after === 0 && asked.afterNotice === undefined;
    return { from: asked.after + 1, to: ends.last.sequence, messages, atBeginning };
  }
  const to = asked.before === undefined ? ends?.last.sequence : asked.before - (asked.beforeNotice ? 0 : 1);
  if (to === undefined) return null;
  return { ...beginningAt(ends?.first ?? { sequence: to + 1, notice: 0 }), to, messages, atBeginning: !more };
};

const beginningAt = ({ sequence, notice }: Place): Pick<Stretch, 'from' | 'fromNotice'> =>
  notice === 0 ? { from: sequence } : { from: sequence + 1, fromNotice: notice };
