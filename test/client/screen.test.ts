import {
  actionOf,
  applyFrame,
  applyPage,
  attend,
  AT_REST,
  initialsOf,
  isReadOnArrival,
  lengthOf,
  linesOf,
  meaningOf,
  nextDivider,
  NOTHING,
  roomLeft,
  senderColour,
  sendability,
  startOf,
  titleAt,
  write,
  type Line,
} from '../../frontend/src/model/index.js';
import { CONVERSATION, message, snapshot } from './support/frames.js';
import type { MessageView } from '../../src/application/protocol/index.js';

describe('keys in the composer', () => {
  it('S19 Enter sends', () => {
    expect(meaningOf({ key: 'Enter' })).toBe('send');
  });
  it('S20 Shift+Enter breaks the line', () => {
    expect(meaningOf({ key: 'Enter', shiftKey: true })).toBe('break');
  });
  it('S22 Enter of an input method sends nothing, in both ways that browsers say so', () => {
    expect(meaningOf({ key: 'Enter', isComposing: true })).toBe('ignore');
    expect(meaningOf({ key: 'Enter', keyCode: 229 })).toBe('ignore');
    expect(meaningOf({ key: 'Enter', keyCode: 229, shiftKey: true })).toBe('ignore');
  });
  it('S22 Enter that is held down sends once', () => {
    expect(meaningOf({ key: 'Enter', repeat: true })).toBe('swallow');
  });
  it('other keys are not the composer’s business', () => {
    for (const key of ['a', 'Escape', 'Tab']) expect(meaningOf({ key })).toBe('ignore');
    for (const held of ['ctrlKey', 'altKey', 'metaKey'])
      expect(meaningOf({ key: 'Enter', [held]: true })).toBe('ignore');
  });
});

describe('what is sent', () => {
  it('S22 nothing of a blank text', () => {
    for (const text of ['', ' ', '\n\n', ' \t\n']) expect(sendability(text, 10).kind).toBe('blank');
  });
  it('S21 line breaks within are kept, line ends at the end are not', () => {
    expect(sendability(' a\n b\n\n', 10)).toEqual({ kind: 'sendable', text: ' a\n b' });
  });
  it('counts code points, and is never cut', () => {
    expect(lengthOf('👍🏽é')).toBe(3);
    expect(sendability('😀'.repeat(10), 10).kind).toBe('sendable');
    expect(sendability('😀'.repeat(11), 10).kind).toBe('too-long');
  });
  it('says what is left from four fifths on', () => {
    expect(roomLeft('a'.repeat(79), 100)).toBeNull();
    expect(roomLeft('a'.repeat(80), 100)).toBe(20);
    expect(roomLeft('😀'.repeat(60), 100)).toBeNull();
    expect(roomLeft('a'.repeat(103), 100)).toBe(-3);
  });
  it('S68 the first words are one line, and whole characters', () => {
    expect(startOf('a\n b', 10)).toBe('a b');
    expect(startOf('😀'.repeat(20), 5)).toBe(`${'😀'.repeat(5)}…`);
  });
});

const lines = (messages: MessageView[], dividerAfter: number | null = null): Line[] => {
  const state = applyPage(
    applyFrame(NOTHING, snapshot(10, messages.length)),
    { conversationId: CONVERSATION, limit: 50 },
    { messages: messages.map((doc) => ({ at: doc.sequence, doc })), notices: [], reactions: [], more: false },
  );
  return linesOf(state, CONVERSATION, { dayOf: (at) => String(Math.floor(at / 86_400_000)), dividerAfter });
};
const shape = (all: Line[]) =>
  all.map((line) =>
    line.kind === 'message' ? `${line.sequence ?? 'pending'}${line.startsGroup ? ' head' : ''}` : line.kind,
  );

describe('the message list', () => {
  it('S23 one author within 60 s shares one head; another author, or later, starts anew', () => {
    const made = lines([
      message(1, { postedAt: 0 }),
      message(2, { postedAt: 60_000 }),
      message(3, { postedAt: 120_001 }),
      message(4, { postedAt: 120_002, author: 'me' }),
    ]);
    expect(shape(made)).toEqual(['start', 'day', '1 head', '2', '3 head', '4 head']);
  });
  it('S23 a new day has a separator and starts anew', () => {
    const made = lines([message(1, { postedAt: 86_399_999 }), message(2, { postedAt: 86_400_000 })]);
    expect(shape(made)).toEqual(['start', 'day', '1 head', 'day', '2 head']);
  });
  it('S23 /me is an action line of its own', () => {
    expect(actionOf('/me waves')).toBe('waves');
    for (const text of ['/me', '/me ', '/mew', 'a /me b', null]) expect(actionOf(text)).toBeNull();
    const made = lines([
      message(1, { postedAt: 0 }),
      message(2, { postedAt: 1, text: '/me waves' }),
      message(3, { postedAt: 2 }),
    ]);
    expect(shape(made)).toEqual(['start', 'day', '1 head', '2 head', '3 head']);
  });
  it('S62 the "New" divider stands before the first message after the marker, once', () => {
    expect(shape(lines([message(1), message(2), message(3)], 1))).toEqual([
      'start',
      'day',
      '1 head',
      'new',
      '2 head',
      '3',
    ]);
    expect(shape(lines([message(1)], 1))).not.toContain('new');
  });
  it('the divider stays while one reads, and comes again after it was cleared', () => {
    const begun = nextDivider(null, { unread: 2, readMarker: 7 });
    expect(begun).toBe(7);
    expect(nextDivider(begun, { unread: 0, readMarker: 9 })).toBe(7);
    expect(nextDivider(null, { unread: 0, readMarker: 9 })).toBeNull();
  });
  it('what is pending stands at the end, what lies behind a hole after a row that says so', () => {
    let state = applyPage(
      applyFrame(NOTHING, snapshot(10, 1)),
      { conversationId: CONVERSATION, limit: 50 },
      { messages: [{ at: 1, doc: message(1) }], notices: [], reactions: [], more: false },
    );
    const doc = message(4, { postedAt: 1_500 });
    state = applyFrame(state, {
      t: 'delta',
      n: 1,
      at: 20,
      changes: [{ view: 'message', op: 'put', key: `${CONVERSATION}/4`, doc }],
    });
    state = write(state, {
      messageId: 'own',
      conversationId: CONVERSATION,
      text: 'x',
      writtenAt: 2_000,
      replyTo: null,
      mentions: [],
    });
    state = write(state, {
      messageId: 'else',
      conversationId: 'other',
      text: 'x',
      writtenAt: 2_000,
      replyTo: null,
      mentions: [],
    });
    const made = linesOf(state, CONVERSATION, { dayOf: () => 'one', dividerAfter: null });
    expect(shape(made)).toEqual(['start', 'day', '1 head', 'hole', '4', 'pending head']);
    expect(new Set(made.map(({ key }) => key)).size).toBe(made.length);
  });
});

describe('attention', () => {
  const call = attend(AT_REST, { kind: 'arrived', windowFocused: false });
  it('S60 a message calls only while the window is not in focus', () => {
    expect(call.calling).toBe(true);
    expect(attend(AT_REST, { kind: 'arrived', windowFocused: true }).calling).toBe(false);
  });
  it('S60 the title alternates every second, with the words first', () => {
    expect([0, 1, 2, 3].map((second) => titleAt(call, second, 'Parley', 'Unread messages'))).toEqual([
      'Unread messages',
      'Parley',
      'Unread messages',
      'Parley',
    ]);
    expect(titleAt(AT_REST, 0, 'Parley', 'Unread messages')).toBe('Parley');
  });
  it('S63 stops with the focus, or when all is read elsewhere, not before', () => {
    expect(attend(call, { kind: 'window-focused' }).calling).toBe(false);
    expect(attend(call, { kind: 'unread', total: 0 }).calling).toBe(false);
    expect(attend(call, { kind: 'unread', total: 1 }).calling).toBe(true);
  });
  it('S64 a message is read on arrival only when everything says that it is seen', () => {
    const seen = {
      windowFocused: true,
      windowVisible: true,
      composerActive: true,
      following: true,
      sinceInputMs: 119_999,
    };
    expect(isReadOnArrival(seen)).toBe(true);
    for (const missing of ['windowFocused', 'windowVisible', 'composerActive', 'following'])
      expect(isReadOnArrival({ ...seen, [missing]: false })).toBe(false);
    expect(isReadOnArrival({ ...seen, sinceInputMs: 120_000 })).toBe(false);
  });
});

describe('pictures of people', () => {
  it('have the first letters of the first and the last word', () => {
    expect(['John Doe', 'H.M. Murdock', 'Cher', 'élodie de la tour', ''].map(initialsOf)).toEqual([
      'JD',
      'HM',
      'C',
      'ÉT',
      '?',
    ]);
  });
  it('have one of eight colours, always the same', () => {
    const colours = Array.from({ length: 400 }, (_, index) => senderColour(`user-${index}`));
    expect([...new Set(colours)].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(senderColour('user-1')).toBe(colours[1]);
  });
});
