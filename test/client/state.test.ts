import type { ViewChange } from '../../src/application/protocol/index.js';
import {
  applyFrame,
  applyIntent,
  applyPage,
  confirm,
  discard,
  directWith,
  fail,
  holeOf,
  neighbourOf,
  notInList,
  NOTHING,
  shownTabs,
  summaryById,
  totalUnread,
  write,
  type ClientState,
} from '../../frontend/src/model/index.js';
import { conversation, CONVERSATION, ME, message, snapshot, tab } from './support/frames.js';

const delta = (state: ClientState, at: number, ...changes: ViewChange[]): ClientState =>
  applyFrame(state, { t: 'delta', n: 1, at, changes });
const put = (sequence: number): ViewChange => ({
  view: 'message',
  op: 'put',
  key: `${CONVERSATION}/${sequence}`,
  doc: message(sequence),
});
const head = (lastSequence: number): ViewChange => ({
  view: 'conversation',
  op: 'patch',
  key: CONVERSATION,
  max: { lastSequence },
});
const opened = (lastSequence = 0, readMarker = 0): ClientState =>
  applyFrame(NOTHING, snapshot(10, lastSequence, { tabs: [{ at: 10, doc: tab({ readMarker }) }] }));
const page = (
  state: ClientState,
  asked: { before?: number; after?: number },
  from: number,
  to: number,
  more: boolean,
) =>
  applyPage(
    state,
    { conversationId: CONVERSATION, limit: 50, ...asked },
    {
      messages: Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => ({
        at: from + i,
        doc: message(from + i),
      })),
      notices: [],
      reactions: [],
      more,
    },
  );
const sequences = (state: ClientState) => state.transcripts.get(CONVERSATION)?.messages.map(({ doc }) => doc.sequence);

describe('documents', () => {
  it('an older change does not undo a newer one, the same one twice is harmless', () => {
    const change: ViewChange = { view: 'tab', op: 'patch', key: CONVERSATION, set: { open: false } };
    const closed = delta(opened(), 12, change);
    expect(closed.tabs.get(CONVERSATION)).toMatchObject({ at: 12, doc: { open: false } });
    expect(delta(closed, 12, change)).toEqual(closed);
    const late = delta(closed, 11, { view: 'tab', op: 'patch', key: CONVERSATION, set: { open: true } });
    expect(late).toEqual(closed);
  });

  it('a patch of a document that is not there does nothing, and max only rises', () => {
    const state = delta(opened(), 12, { view: 'tab', op: 'patch', key: 'unknown', set: { open: true } });
    expect(state.tabs.has('unknown')).toBe(false);
    const read = (at: number, from: ClientState, readMarker: number) =>
      delta(from, at, { view: 'tab', op: 'patch', key: CONVERSATION, max: { readMarker } });
    expect(read(14, read(13, state, 5), 3).tabs.get(CONVERSATION)?.doc?.readMarker).toBe(5);
  });

  it('what was removed does not come back late', () => {
    const removed = delta(opened(), 12, { view: 'tab', op: 'remove', key: CONVERSATION });
    expect(shownTabs(removed)).toEqual([]);
    expect(shownTabs(delta(removed, 11, { view: 'tab', op: 'put', key: CONVERSATION, doc: tab() }))).toEqual([]);
  });

  it('the position goes with deltas, pings and resumes, and back to where a snapshot is', () => {
    let state = delta(opened(), 15);
    expect(state.position).toBe(15);
    state = applyFrame(state, { t: 'ping', at: 20 });
    expect(state.position).toBe(20);
    state = applyFrame(state, { t: 'resumed', n: 1, at: 20 });
    expect(state.position).toBe(20);
    expect(applyFrame(state, { t: 'outcome', id: 'x', ok: true, at: 99, result: {} }).position).toBe(20);
    expect(applyFrame(state, snapshot(18)).position).toBe(18);
  });
});

describe('transcripts', () => {
  it('S71 messages that follow are appended', () => {
    expect(sequences(delta(delta(opened(), 11, put(1), head(1)), 12, put(2), head(2)))).toEqual([1, 2]);
  });

  it('a hole is seen, waits, and is filled without a double', () => {
    const known = page(opened(3), {}, 1, 3, false);
    const holed = delta(known, 20, put(6), head(6));
    expect(sequences(holed)).toEqual([1, 2, 3]);
    expect(holeOf(holed, CONVERSATION)).toEqual({ kind: 'after', sequence: 3 });
    const filled = page(holed, { after: 3 }, 4, 6, false);
    expect(sequences(filled)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(filled.transcripts.get(CONVERSATION)?.loose).toEqual([]);
    expect(holeOf(filled, CONVERSATION)).toBeNull();
  });

  it('a snapshot that knows more than the transcript shows the hole', () => {
    const known = page(opened(3), {}, 1, 3, false);
    expect(holeOf(applyFrame(known, snapshot(50, 8)), CONVERSATION)).toEqual({ kind: 'after', sequence: 3 });
  });

  it('a transcript that is far behind starts again from the end', () => {
    const far = applyFrame(page(opened(3), {}, 1, 3, false), snapshot(9_000, 5_000));
    expect(holeOf(far, CONVERSATION)).toEqual({ kind: 'latest' });
    const anew = page(far, {}, 4_951, 5_000, true);
    expect(sequences(anew)?.[0]).toBe(4_951);
    expect(holeOf(anew, CONVERSATION)).toBeNull();
  });

  it('a first page that is older than what came live joins it', () => {
    const live = delta(opened(9), 30, put(10), head(10));
    const lagging = page(live, {}, 5, 8, true);
    expect(sequences(lagging)).toEqual([5, 6, 7, 8]);
    expect(holeOf(lagging, CONVERSATION)).toEqual({ kind: 'after', sequence: 8 });
    expect(sequences(page(lagging, { after: 8 }, 9, 9, false))).toEqual([5, 6, 7, 8, 9, 10]);
  });

  it('S67 older pages come before, and the last one ends at the beginning', () => {
    const known = page(opened(100), {}, 51, 100, true);
    expect(known.transcripts.get(CONVERSATION)?.atBeginning).toBe(false);
    const all = page(known, { before: 51 }, 1, 50, false);
    expect(sequences(all)).toHaveLength(100);
    expect(all.transcripts.get(CONVERSATION)?.atBeginning).toBe(true);
  });

  it('a message that is changed later shows its newest version, whatever comes after', () => {
    const known = page(opened(3), {}, 1, 3, false);
    const key = `${CONVERSATION}/2`;
    const erased = delta(known, 40, { view: 'message', op: 'patch', key, set: { text: null } });
    expect(erased.transcripts.get(CONVERSATION)?.messages[1]?.doc.text).toBeNull();
    expect(page(erased, {}, 1, 3, false)).toEqual(erased);
  });
});

describe('one’s own messages', () => {
  const own = {
    messageId: 'own',
    conversationId: CONVERSATION,
    text: 'hello',
    replyTo: null,
    mentions: [],
    writtenAt: 5,
  };

  it('S19 are there at once, and once only, by whichever way they come', () => {
    const written = write(opened(), own);
    expect(written.pending).toMatchObject([{ messageId: 'own', failure: null }]);
    const confirmed = confirm(written, 'own', 12, { sequence: 1, postedAt: 6 });
    expect(confirmed.pending).toEqual([]);
    const doc = message(1, { messageId: 'own', author: ME.id, text: 'hello', postedAt: 6 });
    const change: ViewChange = { view: 'message', op: 'put', key: `${CONVERSATION}/1`, doc };
    expect(sequences(delta(confirmed, 12, change))).toEqual([1]);
    expect(delta(written, 12, change).pending).toEqual([]);
    expect(confirm(delta(written, 12, change), 'own', 12, { sequence: 1, postedAt: 6 }).transcripts).toEqual(
      delta(written, 12, change).transcripts,
    );
    const { pending } = applyPage(
      written,
      { conversationId: CONVERSATION, limit: 50 },
      { messages: [{ at: 12, doc }], notices: [], reactions: [], more: false },
    );
    expect(pending).toEqual([]);
  });

  it('stay where they were written when they fail, until they are tried again or deleted', () => {
    const failed = fail(write(opened(), own), 'own', 'not-found');
    expect(failed.pending).toMatchObject([{ failure: 'not-found' }]);
    expect(fail(failed, 'own', null).pending).toMatchObject([{ messageId: 'own', failure: null }]);
    expect(discard(failed, 'own').pending).toEqual([]);
  });
});

describe('tabs and unread', () => {
  it('S65 unread is what came after the marker, and never below zero', () => {
    expect(totalUnread(opened(5, 2))).toBe(3);
    expect(totalUnread(opened(5, 9))).toBe(0);
  });

  it('S64 reading shows at once, and only ever moves forward', () => {
    const read = (state: ClientState, sequence: number) =>
      applyIntent(
        state,
        { t: 'command', id: 'x', name: 'desk.move-read-marker', data: { conversationId: CONVERSATION, sequence } },
        0,
      );
    expect(totalUnread(read(opened(5, 2), 5))).toBe(0);
    expect(totalUnread(read(read(opened(5, 2), 5), 3))).toBe(0);
  });

  it('S83 a tab shows when it is open, or when something was said after it was closed', () => {
    const close = {
      t: 'command',
      id: 'x',
      name: 'desk.close-tab',
      data: { conversationId: CONVERSATION, upTo: 5 },
    } as const;
    const closed = applyIntent(opened(5), close, 0);
    expect(shownTabs(closed)).toEqual([]);
    expect(totalUnread(closed)).toBe(0);
    expect(shownTabs(delta(closed, 20, head(6)))).toHaveLength(1);
  });

  it('S84 tabs are in the order of their opening, then of their id', () => {
    const ids = ['c', 'a', 'b'];
    const state = applyFrame(
      NOTHING,
      snapshot(10, 0, {
        conversations: ids.map((id) => ({ at: 10, doc: conversation(0, id) })),
        tabs: ids.map((id) => ({ at: 10, doc: tab({ conversationId: id, openedAt: id === 'b' ? 1 : 2 }) })),
      }),
    );
    expect(shownTabs(state).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('S86 opening shows the tab at once, and an open one keeps its place', () => {
    const open = { t: 'command', id: 'x', name: 'desk.open-tab', data: { conversationId: CONVERSATION } } as const;
    const state = applyFrame(NOTHING, snapshot(10, 0, { tabs: [{ at: 10, doc: tab({ open: false }) }] }));
    expect(shownTabs(applyIntent(state, open, 77))).toMatchObject([{ tab: { openedAt: 77 } }]);
    expect(applyIntent(opened(), open, 77)).toEqual(opened());
  });

  it('S13 S15 people one talks with are in the roster, not oneself', () => {
    const rows = notInList(opened(3), (a, b) => a.localeCompare(b));
    expect(rows).toMatchObject([{ person: { name: 'John Smith' }, conversationId: CONVERSATION, unread: 3 }]);
    expect(directWith(opened(), 'peer')).toBe(CONVERSATION);
    expect(directWith(opened(), 'nobody')).toBeNull();
    expect(summaryById(opened(), CONVERSATION)?.others.map(({ id }) => id)).toEqual(['peer']);
  });

  it('the next tab is selected when one closes, else the one before', () => {
    expect(neighbourOf(['a', 'b', 'c'], 'b')).toBe('c');
    expect(neighbourOf(['a', 'b'], 'b')).toBe('a');
    expect(neighbourOf(['a'], 'a')).toBeNull();
  });
});
