import { DEFAULT_PREFERENCES } from '../../src/application/protocol/index.js';
import {
  applyFrame,
  callsFor,
  colourIn,
  directWith,
  groupRows,
  holeOf,
  invitedTo,
  isTitleTooLong,
  notInList,
  NOTHING,
  oldestPlace,
  openInvitations,
  preferencesOf,
  shownTabs,
  summaryById,
  totalUnread,
  unreadThatCalls,
  withoutSilentWriters,
  type ClientState,
} from '../../frontend/src/model/index.js';
import { message, snapshot, tab } from './support/frames.js';
import {
  ANNA,
  delta,
  group,
  GROUP,
  inGroup,
  invitation,
  ME,
  notice,
  opened,
  page,
  paged,
  PEER,
  removed,
  said,
} from './support/groups.js';

const changeParticipants = (state: ClientState, at: number, op: 'include' | 'exclude', user: string) =>
  delta(state, at, { view: 'conversation', op: 'patch', key: GROUP, [op]: { participants: [user] } });
const participants = (state: ClientState) => state.conversations.get(GROUP)?.doc?.participants;
const places = (state: ClientState) =>
  state.notices.get(GROUP)?.map(({ doc }) => `${doc.sequence}.${doc.notice}`) ?? [];

describe('who is in a group', () => {
  it('S29 S38 who joins comes at the end, once; who leaves goes', () => {
    const joined = changeParticipants(opened(), 11, 'include', ANNA.id);
    expect(participants(joined)).toEqual([ME.id, PEER.id, ANNA.id]);
    expect(participants(changeParticipants(joined, 11, 'include', ANNA.id))).toEqual([ME.id, PEER.id, ANNA.id]);
    expect(participants(changeParticipants(joined, 12, 'exclude', PEER.id))).toEqual([ME.id, ANNA.id]);
  });

  it('S29 whom one invited is apart from who takes part, until they join', () => {
    const key = `${GROUP}/${ANNA.id}`;
    const doc = { conversationId: GROUP, user: ANNA.id, state: 'invited', since: 1 } as const;
    const invited = delta(opened(), 11, { view: 'invited', op: 'put', key, doc });
    expect(participants(invited)).toEqual([ME.id, PEER.id]);
    expect(invitedTo(invited, GROUP)).toEqual([doc]);
    expect(invitedTo(invited, 'another')).toEqual([]);
    const declined = delta(invited, 12, { view: 'invited', op: 'put', key, doc: { ...doc, state: 'declined' } });
    expect(invitedTo(declined, GROUP)).toMatchObject([{ state: 'declined' }]);
    expect(invitedTo(delta(declined, 13, { view: 'invited', op: 'remove', key }), GROUP)).toEqual([]);
  });

  it('S104 the first eight have different colours, and nobody’s changes when somebody leaves', () => {
    const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const state = applyFrame(
      NOTHING,
      inGroup(10, 0, { conversations: [{ at: 10, doc: group(0, { participants: eight }) }] }),
    );
    const coloursIn = (of: ClientState) => eight.map((id) => colourIn(of, GROUP, id));
    expect(new Set(coloursIn(state)).size).toBe(8);
    const left = changeParticipants(state, 11, 'exclude', 'b');
    expect(coloursIn(left)).toEqual(coloursIn(state));
    const came = changeParticipants(left, 12, 'include', 'i');
    expect(coloursIn(came)).toEqual(coloursIn(state));
    const reloaded = applyFrame(
      left,
      inGroup(12, 0, { conversations: [{ at: 12, doc: group(0, { participants: ['h', 'a'] }) }] }),
    );
    expect(coloursIn(reloaded)).toEqual(coloursIn(state));
    expect(colourIn(state, GROUP, 'somebody who left before')).toBeGreaterThan(0);
  });

  it('S84 S85 groups have tabs, and the roster lists the people of private chats only', () => {
    const state = delta(
      applyFrame(NOTHING, snapshot(10)),
      11,
      { view: 'conversation', op: 'put', key: GROUP, doc: group(0, { participants: [ME.id, PEER.id, ANNA.id] }) },
      { view: 'tab', op: 'put', key: GROUP, doc: tab({ conversationId: GROUP, openedAt: 2 }) },
    );
    expect(shownTabs(state)).toHaveLength(2);
    expect(groupRows(state).map(({ id }) => id)).toEqual([GROUP]);
    expect(notInList(state, (a, b) => a.localeCompare(b)).map(({ person }) => person.id)).toEqual([PEER.id]);
    expect(directWith(state, ANNA.id)).toBeNull();
  });

  it('a name that has not come yet is not that of a former member', () => {
    const state = changeParticipants(opened(), 11, 'include', 'new');
    expect(summaryById(state, GROUP)?.others.at(-1)).toEqual({ id: 'new', name: '…', email: null });
  });

  it('a title is measured as it is sent', () => {
    expect(isTitleTooLong(`  ${'😀'.repeat(100)}  `, 100)).toBe(false);
    expect(isTitleTooLong('😀'.repeat(101), 100)).toBe(true);
  });
});

describe('invitations', () => {
  it('S34 S36 those of the snapshot and those that come later, the newest first, until they are gone', () => {
    const state = applyFrame(NOTHING, snapshot(10, 0, { invitations: [{ at: 9, doc: invitation() }] }));
    const second = invitation({ conversationId: 'group-2', invitedAt: 7 });
    const more = delta(state, 11, { view: 'invitation', op: 'put', key: 'group-2', doc: second });
    expect(openInvitations(more)).toEqual([second, invitation()]);
    const answered = delta(more, 12, { view: 'invitation', op: 'remove', key: GROUP });
    expect(openInvitations(answered)).toEqual([second]);
    expect(openInvitations(applyFrame(more, snapshot(20)))).toEqual([]);
  });
});

describe('what one may see', () => {
  const full = (): ClientState => {
    const read = paged(opened(3), {}, page([1, 2, 3], [[0, 1]]));
    const doc = { conversationId: GROUP, sequence: 1, user: PEER.id, reaction: '👍', addedAt: 1 };
    const mark = { conversationId: GROUP, user: PEER.id, sequence: 2 };
    return delta(
      read,
      11,
      { view: 'reaction', op: 'put', key: `${GROUP}/1/${PEER.id}/👍`, doc },
      { view: 'mark', op: 'put', key: `${GROUP}/${PEER.id}`, doc: mark },
    );
  };
  const held = ({ transcripts, notices, reactions, marks, rolls }: ClientState) =>
    JSON.stringify([[...transcripts], [...notices], [...reactions], [...marks], [...rolls]].map(String));
  const nothingHeld = held(NOTHING);

  it('S41 S57 who leaves keeps nothing, on whichever device they left', () => {
    expect(held(full())).not.toBe(nothingHeld);
    expect(held(delta(full(), 12, ...removed))).toBe(nothingHeld);
    expect(held(applyFrame(full(), snapshot(12, 0, { conversations: [] })))).toBe(nothingHeld);
  });

  it('S41 an answer that comes after one left brings nothing back', () => {
    const left = delta(full(), 12, ...removed);
    expect(paged(left, {}, page([1, 2, 3]))).toBe(left);
  });

  it('S41 S42 a joiner’s transcript begins with the joining: nothing is missing before it or after it', () => {
    const joined = applyFrame(NOTHING, inGroup(10, 5));
    expect(holeOf(joined, GROUP)).toEqual({ kind: 'latest' });
    const read = paged(joined, {}, page([], [[5, 3]]));
    expect(read.transcripts.get(GROUP)).toMatchObject({
      messages: [],
      from: 6,
      to: 5,
      fromNotice: 3,
      atBeginning: true,
    });
    expect(holeOf(read, GROUP)).toBeNull();
    const next = delta(read, 11, said(6), { view: 'conversation', op: 'patch', key: GROUP, max: { lastSequence: 6 } });
    expect(next.transcripts.get(GROUP)?.messages.map(({ doc }) => doc.sequence)).toEqual([6]);
    expect(holeOf(next, GROUP)).toBeNull();
  });

  it('a group in which nothing was said has notices to ask for; a private chat has nothing', () => {
    expect(holeOf(opened(), GROUP)).toEqual({ kind: 'latest' });
    expect(holeOf(applyFrame(NOTHING, snapshot(10)), 'conversation-1')).toBeNull();
  });
});

describe('notices', () => {
  it('S28 S39 stand in their order, once, by whichever way they come', () => {
    const live = delta(
      opened(2),
      11,
      { view: 'notice', op: 'put', key: `${GROUP}/2.5`, doc: notice(2, 5) },
      { view: 'notice', op: 'put', key: `${GROUP}/2.4`, doc: notice(2, 4) },
    );
    expect(places(live)).toEqual(['2.4', '2.5']);
    expect(
      places(
        paged(
          live,
          {},
          page(
            [1, 2],
            [
              [0, 1],
              [2, 4],
            ],
          ),
        ),
      ),
    ).toEqual(['0.1', '2.4', '2.5']);
  });

  it('S65 are never unread', () => {
    const state = delta(opened(), 11, { view: 'notice', op: 'put', key: `${GROUP}/0.1`, doc: notice(0, 1) });
    expect(totalUnread(state)).toBe(0);
  });

  it('older entries are asked for from the oldest entry on, be it a message or a notice', () => {
    const latest = paged(opened(9), {}, page([8, 9], [[7, 4]], true));
    expect(oldestPlace(latest.transcripts.get(GROUP)!)).toEqual({ sequence: 7, notice: 4 });
    const older = paged(latest, { before: 7, beforeNotice: 4 }, page([6, 7], [[7, 3]], true));
    expect(older.transcripts.get(GROUP)?.messages.map(({ doc }) => doc.sequence)).toEqual([6, 7, 8, 9]);
    expect(oldestPlace(older.transcripts.get(GROUP)!)).toEqual({ sequence: 6, notice: 0 });
    expect(places(older)).toEqual(['7.3', '7.4']);
  });
});

describe('attention and preferences', () => {
  const withTab = (part: Parameters<typeof tab>[0]) =>
    applyFrame(NOTHING, inGroup(10, 4, { tabs: [{ at: 10, doc: tab({ conversationId: GROUP, ...part }) }] }));

  it('S60 a muted conversation does not call, unless one is mentioned', () => {
    const [plain, mentioning] = [message(1), message(1, { mentions: [ME.id] })];
    const muted = tab({ muted: true });
    expect([plain, mentioning].map((one) => callsFor(one, tab(), ME.id))).toEqual([true, true]);
    expect([plain, mentioning].map((one) => callsFor(one, muted, ME.id))).toEqual([false, true]);
    expect(unreadThatCalls(withTab({ muted: true }))).toBe(0);
    expect(unreadThatCalls(withTab({ muted: true, mentionedAt: 3 }))).toBe(4);
    expect(unreadThatCalls(withTab({}))).toBe(4);
  });

  it('S65 a tab counts in any case, and shows that an unread message mentions one', () => {
    expect(shownTabs(withTab({ muted: true }))).toMatchObject([{ unread: 4, isMentioned: false }]);
    expect(shownTabs(withTab({ mentionedAt: 3 }))).toMatchObject([{ isMentioned: true }]);
    expect(shownTabs(withTab({ mentionedAt: 3, mentionRetracted: 2 }))).toMatchObject([{ isMentioned: true }]);
    expect(shownTabs(withTab({ mentionedAt: 3, mentionRetracted: 3 }))).toMatchObject([{ isMentioned: false }]);
    expect(shownTabs(withTab({ mentionedAt: 3, readMarker: 3 }))).toMatchObject([{ isMentioned: false }]);
  });

  it('one shares one’s reading until one says otherwise', () => {
    expect(preferencesOf(NOTHING).sharesReading).toBe(true);
    const change = {
      view: 'preferences',
      op: 'put',
      key: 'own',
      doc: { ...DEFAULT_PREFERENCES, sharesReading: false },
    } as const;
    expect(preferencesOf(delta(opened(), 11, change)).sharesReading).toBe(false);
  });

  it('who writes is forgotten after 6 s, or when their message comes', () => {
    const frame = { t: 'writer', conversationId: GROUP, userId: PEER.id } as const;
    const writing = applyFrame(applyFrame(opened(), frame, 1_000), frame, 3_000);
    expect(writing.writers).toHaveLength(1);
    expect(withoutSilentWriters(writing, 8_999).writers).toHaveLength(1);
    expect(withoutSilentWriters(writing, 9_000).writers).toEqual([]);
    expect(delta(writing, 11, said(1)).writers).toEqual([]);
  });
});
