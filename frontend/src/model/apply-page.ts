import type { Queries } from '../../../src/application/protocol/index.js';
import { unanswered } from './apply-change.js';
import type { ClientState } from './client-state.js';
import { withEntry, withoutFar } from './near.js';
import { comparePlaces, withNotices, type Place } from './notices.js';
import { withReactions } from './reactions.js';
import { cutNewest, cutOldest, withLoose, withStretch, type Stretch, type Transcript } from './transcript.js';

type Page = Queries['transcript.page'];

/**
 * What the answer to `transcript.page` adds. `replaces`: one went to another part of the conversation; what is held and does not touch it gives
 * way.
 */
export const applyPage = (
  state: ClientState,
  asked: Page['data'],
  page: Page['result'],
  replaces = false,
): ClientState => {
  const id = asked.conversationId;
  const stretch = stretchOf(asked, page);
  // An answer that comes after one left would bring back what is to be forgotten.
  if (!stretch || isGone(state, id)) return state;
  const known = state.transcripts.get(id);
  const transcript = placed(known, stretch, asked, page.more, replaces);
  const notices = withNotices(state.notices.get(id), page.notices);
  const reactions = page.reactions.length > 0 ? withReactions(state.reactions.get(id), page.reactions) : undefined;
  const next = {
    ...state,
    transcripts: new Map(state.transcripts).set(id, transcript),
    notices: withEntry(state.notices, id, notices),
    reactions: reactions ? new Map(state.reactions).set(id, reactions) : state.reactions,
    pending: unanswered(state, page.messages),
  };
  return withoutFar(next, id, known);
};

const placed = (
  known: Transcript | undefined,
  stretch: Stretch,
  asked: Page['data'],
  more: boolean,
  replaces: boolean,
): Transcript => {
  const touches = known && stretch.from <= known.to + 1 && stretch.to >= known.from - 1;
  if (asked.after !== undefined) {
    const base = replaces && !touches ? undefined : known;
    const isAdrift = more && (base ? base.adrift === true : replaces);
    return cutOldest(adrift(withStretch(base, stretch), isAdrift));
  }
  if (asked.before !== undefined) return cutNewest(withStretch(known, stretch));
  // What lies too far behind the end to be filled gives way to the page.
  if (known && stretch.from > known.to + 1) return withLoose(stretch, known.loose);
  return adrift(withStretch(known, stretch), false);
};

const adrift = ({ adrift: _, ...transcript }: Transcript, is: boolean): Transcript =>
  is ? { ...transcript, adrift: true } : transcript;

const isGone = ({ position, conversations }: ClientState, id: string): boolean =>
  position !== null && !conversations.get(id)?.doc;

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
