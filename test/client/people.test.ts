import {
  applyFrame,
  canClear,
  clearedChoice,
  favoriteRows,
  isFavorite,
  isQuiet,
  notInList,
  NOTHING,
  openCards,
  openRequests,
  ownPresenceOf,
  peopleNamedIn,
  presenceOf,
  watchersOf,
} from '../../frontend/src/model/index.js';
import { conversation, ME, PEER, snapshot, tab } from './support/frames.js';
import { ANNA, delta, invitation } from './support/groups.js';
import { favorite, opened, own, placed, presence, put, request, watcher } from './support/people.js';

const compare = new Intl.Collator('en').compare;
const UNKNOWN = { state: 'unknown', text: null, until: null };
const names = (rows: readonly { person: { name: string | null } }[]) => rows.map(({ person }) => person.name);

describe('what one sees of others', () => {
  it('S14 S16 nothing of somebody who has not accepted, even if something were told', () => {
    expect(presenceOf(opened(), PEER.id)).toEqual(UNKNOWN);
    const told = opened({ presences: placed(presence()) });
    expect(presenceOf(told, PEER.id)).toEqual(UNKNOWN);
    const asked = opened({ favorites: placed(favorite(PEER.id, { state: 'asked' })), presences: placed(presence()) });
    expect(presenceOf(asked, PEER.id)).toEqual(UNKNOWN);
  });

  it('S73 S75 S87 what an accepted favorite shows, live', () => {
    const asked = opened({ favorites: placed(favorite(PEER.id, { state: 'asked' })) });
    const accepted = delta(asked, 11, put.favorite(favorite()), put.presence(presence(PEER.id, { text: 'Budget' })));
    expect(presenceOf(accepted, PEER.id)).toMatchObject({ state: 'busy', text: 'Budget' });
    const gone = delta(accepted, 12, put.presence(presence(PEER.id, { state: 'offline', since: null })));
    expect(presenceOf(gone, PEER.id)).toMatchObject({ state: 'offline' });
    // Late, and therefore older: it changes nothing.
    expect(presenceOf(delta(gone, 11, put.presence(presence())), PEER.id)).toMatchObject({ state: 'offline' });
  });

  it('S81 nothing more once they are removed', () => {
    const state = opened({ favorites: placed(favorite()), presences: placed(presence()) });
    const removed = delta(
      state,
      11,
      { view: 'favorite', op: 'remove', key: PEER.id },
      { view: 'presence', op: 'remove', key: PEER.id },
    );
    expect(presenceOf(removed, PEER.id)).toEqual(UNKNOWN);
    expect(isFavorite(removed, PEER.id)).toBe(false);
  });

  it('S76 a snapshot replaces all of it', () => {
    const state = opened({
      favorites: placed(favorite()),
      requests: placed(request(ANNA.id)),
      watchers: placed(watcher()),
      presences: placed(presence()),
      ownPresence: { at: 10, doc: own({ state: 'away' }) },
    });
    expect(ownPresenceOf(state).state).toBe('away');
    const next = applyFrame(state, snapshot(20));
    expect([next.favorites.size, next.requests.size, next.watchers.size, next.presences.size]).toEqual([0, 0, 0, 0]);
    expect(ownPresenceOf(next).state).toBe('available');
  });
});

describe('the list of people', () => {
  const anna = conversation(1, 'conversation-2');
  const withChats = {
    people: [PEER, ANNA],
    conversations: placed(conversation(2), { ...anna, participants: [ME.id, ANNA.id] }),
    tabs: placed(tab(), tab({ conversationId: anna.id })),
  };

  it('S13 S15 S81 those one talks with are not in the list until they are favorites', () => {
    const state = opened(withChats);
    expect(names(notInList(state, compare))).toEqual(['Anna Prades', 'John Smith']);
    expect(favoriteRows(state, compare)).toEqual([]);
    const marked = delta(state, 11, put.favorite(favorite(PEER.id, { state: 'asked' })));
    expect(names(notInList(marked, compare))).toEqual(['Anna Prades']);
    expect(favoriteRows(marked, compare)).toMatchObject([
      { person: PEER, conversationId: 'conversation-1', unread: 2, favorite: 'asked', presence: UNKNOWN },
    ]);
    const removed = delta(marked, 12, { view: 'favorite', op: 'remove', key: PEER.id });
    expect(names(notInList(removed, compare))).toEqual(['Anna Prades', 'John Smith']);
  });

  it('S75 S105 favorites stand from A to Z, with a chat or without; S107 by their address while there is no name', () => {
    const ben = { id: 'ben', name: null, email: 'ben@example.org' };
    const state = opened({
      people: [PEER, ANNA, ben],
      favorites: placed(favorite(), favorite('ben', { state: 'asked' }), favorite(ANNA.id)),
      presences: placed(presence(), presence(ANNA.id, { state: 'offline', since: null })),
    });
    const rows = favoriteRows(state, compare);
    expect(rows.map(({ person }) => person.id)).toEqual([ANNA.id, 'ben', PEER.id]);
    expect(rows.map((row) => [row.conversationId, row.presence.state])).toEqual([
      [null, 'offline'],
      [null, 'unknown'],
      ['conversation-1', 'busy'],
    ]);
  });

  it('names are asked for of everybody whom the new documents name', () => {
    const frame = snapshot(10, 0, {
      conversations: [],
      favorites: placed(favorite('a')),
      requests: placed(request('b')),
      watchers: placed(watcher('c')),
    });
    expect([...peopleNamedIn(frame)].sort()).toEqual(['a', 'b', 'c']);
    const changes = [put.favorite(favorite('d')), put.request(request('e')), put.watcher(watcher('f'))];
    expect([...peopleNamedIn({ t: 'delta', n: 2, at: 11, changes })].sort()).toEqual(['d', 'e', 'f']);
  });
});

describe('requests and watchers', () => {
  it('S74 requests stand the newest first, and go when they are answered', () => {
    const state = opened({ requests: placed(request(PEER.id, { askedAt: 1 }), request(ANNA.id, { askedAt: 2 })) });
    expect(openRequests(state).map(({ from }) => from)).toEqual([ANNA.id, PEER.id]);
    const answered = delta(state, 11, { view: 'request', op: 'remove', key: ANNA.id });
    expect(openRequests(answered).map(({ from }) => from)).toEqual([PEER.id]);
  });

  it('S3 S77 what waits for an answer calls anew when it is asked anew', () => {
    const state = opened({ requests: placed(request()), invitations: placed(invitation()) });
    const before = openCards(state);
    expect(before).toHaveLength(2);
    const again = openCards(delta(state, 11, put.request(request(PEER.id, { askedAt: 9 }))));
    expect(again.filter((card) => !before.includes(card))).toHaveLength(1);
  });

  it('watchers stand in the order in which they were allowed', () => {
    const state = opened({ watchers: placed(watcher(ANNA.id, 5), watcher(PEER.id, 3)) });
    expect(watchersOf(state).map(({ user }) => user)).toEqual([PEER.id, ANNA.id]);
    expect(watchersOf(delta(state, 11, { view: 'watcher', op: 'remove', key: PEER.id }))).toHaveLength(1);
  });
});

describe('one’s own presence', () => {
  it('S89 is available before anything was chosen', () => {
    expect(ownPresenceOf(NOTHING)).toMatchObject({ state: 'available', reason: 'default' });
  });

  it('S98 while the server has not noticed that one is back, what was chosen is shown', () => {
    const chosen = { availability: 'busy', text: 'Budget', until: 99, device: 'phone', at: 5 } as const;
    const doc = own({ state: 'offline', reason: 'disconnected', chosen });
    const state = opened({ ownPresence: { at: 10, doc } });
    expect(ownPresenceOf(state)).toMatchObject({ state: 'busy', text: 'Budget', until: 99, reason: 'chosen' });
    expect(presenceOf(state, ME.id)).toMatchObject({ state: 'busy', text: 'Budget' });
  });

  it('S91 who is busy is not called, for whatever reason they are', () => {
    expect(isQuiet(opened())).toBe(false);
    expect(isQuiet(opened({ ownPresence: { at: 10, doc: own({ state: 'busy', reason: 'do-not-disturb' }) } }))).toBe(
      true,
    );
    expect(isQuiet(delta(opened(), 11, put.ownPresence(own({ state: 'away' }))))).toBe(false);
  });

  it('S94 clearing is there for words or an end, and brings back what was before', () => {
    const chosen = { ...own().chosen, availability: 'busy' } as const;
    expect(canClear(own({ chosen }))).toBe(false);
    const worded = own({ chosen: { ...chosen, text: 'Budget' } });
    expect(canClear(worded)).toBe(true);
    expect(clearedChoice(worded)).toEqual({ availability: 'busy', text: null, until: null });
    const former = { availability: 'away', text: 'Lunch' } as const;
    const timed = own({ chosen: { ...chosen, until: 99 }, former });
    expect(canClear(timed)).toBe(true);
    expect(clearedChoice(timed)).toEqual({ availability: 'away', text: 'Lunch', until: null });
  });
});
