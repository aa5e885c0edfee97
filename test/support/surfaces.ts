import {
  DEFAULT_PREFERENCES,
  isMentionUnseen,
  isTabShown,
  unreadOf,
  type Queries,
  type QueryName,
  type ServerFrame,
} from '../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import { isLivedMessage, type Lived, type LivedConversation, type LivedMessage } from './lived-model.js';
import { below, pick } from './random.js';

type Random = () => number;
export type Ask = <N extends QueryName>(name: N, data: Queries[N]['data']) => Promise<Queries[N]['result'] | null>;
type Page = Queries['transcript.page']['result'];
type Doc<K extends 'messages' | 'notices'> = Page[K][number]['doc'];

/* One form for what the model expects and for what the server says. */
const ofMessage = (doc: Doc<'messages'>) => {
  const { sequence, author, text, replyTo, mentions, correctedAt, retractedAt } = doc;
  const corrected = correctedAt !== null;
  return { sequence, author, text, replyTo, mentions, corrected, retracted: retractedAt !== null };
};
const ofNotice = ({ sequence, notice, what, by, users, title, onlyFor }: Doc<'notices'>) => ({
  ...{ sequence, notice, what, by, users, title, onlyFor },
});
export const expectedOf = (entry: Lived) => {
  if (!isLivedMessage(entry)) return ofNotice(entry as never);
  const { sequence, author, text, replyTo, mentions, corrected } = entry;
  return { sequence, author, text, replyTo, mentions, corrected, retracted: text === null };
};
const placeOf = (entry: { readonly sequence: number; readonly notice?: number }) =>
  [entry.sequence, entry.notice ?? 0] as const;
const inOrder = (one: { sequence: number; notice?: number }, other: { sequence: number; notice?: number }): number =>
  placeOf(one)[0] - placeOf(other)[0] || placeOf(one)[1] - placeOf(other)[1];

const linesOf = ({ messages, notices }: Pick<Page, 'messages' | 'notices'>) =>
  [...messages.map(({ doc }) => ofMessage(doc)), ...notices.map(({ doc }) => ofNotice(doc))].sort(inOrder);
const reactionsOf = (entries: readonly Lived[]): string[] =>
  entries.flatMap((entry) =>
    isLivedMessage(entry) && entry.text !== null ? [...entry.reactions].map((one) => `${entry.sequence} ${one}`) : [],
  );
const reactionsIn = (page: Pick<Page, 'reactions'>): string[] =>
  page.reactions.map(({ doc }) => `${doc.sequence} ${doc.user} ${doc.reaction}`);

const expectPage = (page: Page | null, slice: readonly Lived[], more: boolean): void => {
  if (!page) throw new Error('no page');
  expect({ lines: linesOf(page), reactions: reactionsIn(page).sort(), more: page.more }).toEqual({
    lines: slice.map(expectedOf),
    reactions: reactionsOf(slice).sort(),
    more,
  });
};

/** Whole transcript in both directions, and from places in the middle. */
const expectPages = async (ask: Ask, random: Random, { id }: LivedConversation, seen: readonly Lived[]) => {
  const limit = pick(random, [1, 2, 3, 7, 100]);
  let index = seen.length;
  let cursor: object = {};
  do {
    const from = Math.max(0, index - limit);
    expectPage(
      await ask('transcript.page', { conversationId: id, limit, ...cursor }),
      seen.slice(from, index),
      from > 0,
    );
    index = from;
    const [before, beforeNotice] = placeOf(seen[index] ?? { sequence: 0 });
    cursor = { before, beforeNotice };
  } while (index > 0);
  const size = pick(random, [1, 2, 5, 100]);
  let [after, afterNotice]: readonly [number, number] = [0, 0];
  for (let from = 0; from === 0 || from < seen.length; from += size) {
    const page = await ask('transcript.page', { conversationId: id, limit: size, after, afterNotice });
    expectPage(page, seen.slice(from, from + size), from + size < seen.length);
    [after, afterNotice] = placeOf(seen[Math.min(from + size, seen.length) - 1] ?? { sequence: 0 });
  }
  // Any place, also one that the person must not see, or that is not there.
  const place = { sequence: below(random, seen.length + 4), notice: below(random, 6) };
  const [lower, upper] = [seen.filter((one) => inOrder(one, place) < 0), seen.filter((one) => inOrder(one, place) > 0)];
  const asked = { conversationId: id, limit };
  const back = await ask('transcript.page', { ...asked, before: place.sequence, beforeNotice: place.notice });
  expectPage(back, lower.slice(-limit), lower.length > limit);
  const forth = await ask('transcript.page', { ...asked, after: place.sequence, afterNotice: place.notice });
  expectPage(forth, upper.slice(0, limit), upper.length > limit);
};

const expectMessages = async (ask: Ask, { id, lastSequence }: LivedConversation, messages: readonly LivedMessage[]) => {
  const sequences = Array.from({ length: Math.min(99, lastSequence + 2) }, (_, n) => n + 1);
  const found = await ask('transcript.messages', { conversationId: id, sequences });
  expect(found?.messages.map(({ doc }) => ofMessage(doc)).sort(inOrder)).toEqual(messages.map(expectedOf));
};

const matches = ({ text }: LivedMessage, words: readonly string[]): boolean => {
  const said = text?.split(' ') ?? [];
  return words.every((word, n) => said.some((one) => (n === words.length - 1 ? one.startsWith(word) : one === word)));
};

const expectSearch = async (ask: Ask, random: Random, { id }: LivedConversation, messages: readonly LivedMessage[]) => {
  const text = pick(random, ['alp', 'alpha', 'beta gam', 'alpha beta', `t${id.slice(0, 8)}`]);
  const hits = messages.filter((one) => matches(one, text.split(' '))).map(({ sequence }) => sequence);
  hits.reverse();
  const limit = pick(random, [1, 2, 100]);
  let before = Number.MAX_SAFE_INTEGER;
  const found: number[] = [];
  for (;;) {
    const cursor = before === Number.MAX_SAFE_INTEGER ? {} : { before };
    const part = await ask('transcript.search', { conversationId: id, text, limit, ...cursor });
    const sequences = part?.messages.map(({ doc }) => doc.sequence) ?? [];
    found.push(...sequences);
    before = sequences.at(-1) ?? 0;
    if (!part?.more) break;
  }
  expect({ text, found }).toEqual({ text, found: hits });
};

/** Every query about the conversation, as this person may have it answered. */
export const expectAnswers = async (ask: Ask, random: Random, conversation: LivedConversation, userId: string) => {
  const { id } = conversation;
  if (!conversation.present.includes(userId)) {
    expect([
      await ask('transcript.page', { conversationId: id, limit: 10 }),
      await ask('transcript.messages', { conversationId: id, sequences: [1, 2] }),
      await ask('transcript.search', { conversationId: id, text: 'alpha', limit: 10 }),
      await ask('conversation.read-marks', { conversationId: id }),
    ]).toEqual([null, null, null, null]);
  } else {
    const seen = conversation.seenBy(userId);
    const messages = seen.filter(isLivedMessage);
    await expectPages(ask, random, conversation, seen);
    await expectMessages(ask, conversation, messages);
    await expectSearch(ask, random, conversation, messages);
    const marks = await ask('conversation.read-marks', { conversationId: id });
    const { hiding } = conversation;
    const others = conversation.present.filter((user) => user !== userId && !hiding.has(user) && !hiding.has(userId));
    expect(marks?.marks.map(({ doc }) => [doc.user, doc.sequence]).sort()).toEqual(
      others.map((user) => [user, conversation.tabs.get(user)?.readMarker]).sort(),
    );
  }
  // In all conversations, by a word that is said in this one alone.
  const everywhere = await ask('transcript.search', { text: `t${id.slice(0, 8)}`, limit: 100 });
  const hits = conversation.seenBy(userId).filter((one) => isLivedMessage(one) && one.text !== null);
  expect(everywhere?.messages.map(({ doc }) => doc.sequence)).toEqual(hits.map(({ sequence }) => sequence).reverse());
};

/** The documents of the first screen, however the client came by them. */
const hasLeft = (conversation: LivedConversation, userId: string): boolean =>
  conversation.seenBy(userId).some((entry) => 'what' in entry && entry.what === 'left' && entry.by === userId);

export const expectFirstScreen = ({ documents }: ClientState, all: readonly LivedConversation[], userId: string) => {
  const own = all.filter(({ present }) => present.includes(userId));
  const heads = [...documents.conversation.values()].map(({ doc }) => {
    const { id, kind, participants, title, lastSequence } = doc;
    return [id, { kind, participants, title, lastSequence }] as const;
  });
  expect(Object.fromEntries(heads)).toEqual(
    Object.fromEntries(
      own.map(({ id, kind, present, title, lastSequence }) => [
        id,
        { kind, participants: present, title, lastSequence },
      ]),
    ),
  );
  const tabs = [...documents.tab.values()].map(({ doc }) => {
    const { conversationId: id, readMarker, mentionedAt, muted, open, hiddenUpTo } = doc;
    const last = documents.conversation.get(id)?.doc.lastSequence ?? 0;
    const derived = { called: isMentionUnseen(doc), unread: unreadOf(doc, last), shown: isTabShown(doc, last) };
    return { id, readMarker, mentionedAt, muted, open, hiddenUpTo, ...derived };
  });
  expect(sorted(tabs)).toEqual(
    sorted(own.map((conversation) => ({ id: conversation.id, ...conversation.tabOf(userId) }))),
  );
  const hides = all.some(({ hiding }) => hiding.has(userId));
  expect(documents.preferences.get('own')?.doc ?? DEFAULT_PREFERENCES).toEqual({
    ...DEFAULT_PREFERENCES,
    sharesReading: !hides,
  });
  const invitations = [...documents.invitation.values()].map(({ doc }) => `${doc.conversationId} ${doc.invitedBy}`);
  expect(invitations.sort()).toEqual(
    all.flatMap(({ id, invitations: of }) => (of.has(userId) ? [`${id} ${of.get(userId)}`] : [])).sort(),
  );
  const invited = [...documents.invited.values()].map(({ doc }) => `${doc.conversationId} ${doc.user} ${doc.state}`);
  const invitedIn = (conversations: readonly LivedConversation[]): string[] =>
    conversations
      .flatMap(({ id, invited: of }) => [...of].map(([pair, state]) => [id, ...pair.split(' '), state] as const))
      .flatMap(([id, inviter, user, state]) => (inviter === userId ? [`${id} ${user} ${state}`] : []));
  expect(invitedIn(own)).toEqual(expect.arrayContaining(invited));
  // Who left and came back finds the invitations of their first stay with the next snapshot.
  const stayed = own.filter((conversation) => !hasLeft(conversation, userId));
  expect(invited).toEqual(expect.arrayContaining(invitedIn(stayed)));
};

/** What a client holds of a conversation: nothing that the person may not see, and everything where it must be whole. */
export const expectHeld = (
  { documents }: ClientState,
  conversation: LivedConversation,
  userId: string,
  whole: boolean,
): void => {
  const here = <T extends { doc: { conversationId: string } }>(placed: Iterable<T>): T[] =>
    [...placed].filter(({ doc }) => doc.conversationId === conversation.id);
  const held = linesOf({ messages: here(documents.message.values()), notices: here(documents.notice.values()) });
  const seen = conversation.seenBy(userId).map(expectedOf);
  const places = new Set(held.map((one) => placeOf(one).join('.')));
  expect(held).toEqual(whole ? seen : seen.filter((one) => places.has(placeOf(one).join('.'))));
  const shown = new Set(held.flatMap((one) => ('retracted' in one && !one.retracted ? [one.sequence] : [])));
  const reactions = reactionsIn({ reactions: here(documents.reaction.values()) });
  const allowed = reactionsOf(conversation.seenBy(userId)).filter((one) => shown.has(Number(one.split(' ')[0])));
  expect(reactions.filter((one) => shown.has(Number(one.split(' ')[0]))).sort()).toEqual(
    whole ? allowed.sort() : allowed.filter((one) => reactions.includes(one)).sort(),
  );
};

const sorted = <T>(all: readonly T[]): T[] =>
  [...all].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** Nothing that went out to the person says what they did not live through, nor names anybody of whom they were told nothing. */
export const expectNothingForeign = (
  frames: readonly ServerFrame[],
  conversations: readonly LivedConversation[],
  userId: string,
): void => {
  for (const frame of frames) {
    if (frame.t !== 'delta' || !frame.people) continue;
    const changes = JSON.stringify(frame.changes);
    expect(frame.people.filter(({ id }) => !changes.includes(id))).toEqual([]);
  }
  const heard = JSON.stringify(frames);
  for (const conversation of conversations) {
    const own = new Set(conversation.everSeenBy(userId).map(({ sequence }) => sequence));
    for (const { sequence, said } of conversation.messages)
      if (!own.has(sequence))
        for (const text of said) if (heard.includes(`"${text}"`)) throw new Error(`${userId} was told: ${text}`);
  }
};

/** Whether the person left the conversation and is there again: what their client has may then not be whole. */
export const cameBack = hasLeft;
