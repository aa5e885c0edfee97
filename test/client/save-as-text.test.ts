import type { MessageView, NoticeView, Queries } from '../../src/application/protocol/index.js';
import { wholeTranscript, type Entry } from '../../frontend/src/client/whole-transcript.js';
import { messageWordsEn as words } from '../../frontend/src/i18n/message-words-en.js';
import { noticeTexts } from '../../frontend/src/text/notice-texts.js';
import { fileNameOf, savedText, stampOf, type SaveOptions } from '../../frontend/src/text/saved-text.js';

type Page = Queries['transcript.page'];
const NAMES: Record<string, string> = { me: 'John Doe', a: 'Anna Prades', b: 'Ben\nFake' };
const nameOf = (id: string): string => NAMES[id] ?? '?';
const AT = Date.UTC(2026, 10, 22, 10, 8, 3);

const said = (sequence: number, part: Partial<MessageView> = {}): MessageView => ({
  conversationId: 'c',
  sequence,
  messageId: `m${sequence}`,
  author: 'a',
  text: `text ${sequence}`,
  replyTo: null,
  mentions: [],
  postedAt: AT,
  correctedAt: null,
  retractedAt: null,
  ...part,
});
const happened = (sequence: number, number: number, part: Partial<NoticeView> = {}): NoticeView => ({
  conversationId: 'c',
  sequence,
  notice: number,
  what: 'joined',
  by: 'a',
  users: [],
  title: null,
  onlyFor: null,
  happenedAt: AT,
  ...part,
});
const speaker = { words, self: 'me', nameOf, listed: (names: readonly string[]) => names.join(', ') };
const options: SaveOptions = {
  words,
  erased: 'erased',
  nameOf,
  noticeTexts: (notice) => noticeTexts(notice, speaker),
  offsetAt: () => 60,
  quoteOf: (sequence) => (sequence === 1 ? { author: 'a', start: 'text 1' } : null),
};
const text = (message: MessageView): string => savedText({ kind: 'message', message }, options);

describe('lines of what happened', () => {
  const texts = (part: Partial<NoticeView>) => noticeTexts(happened(0, 1, part), speaker);
  it('S28 who invited reads a line for each of the invited, the others read who invited whom', () => {
    expect(texts({ what: 'invited', by: 'me', users: ['a', 'x'] })).toEqual([
      'You have invited Anna Prades',
      'You have invited ?',
    ]);
    expect(texts({ what: 'invited', by: 'a', users: ['me', 'x'] })).toEqual(['Anna Prades has invited John Doe, ?']);
  });
  it('S28 S39 S57 who joined and who left is told by name, oneself too', () => {
    expect(texts({ what: 'joined', by: 'me' })).toEqual(['John Doe has joined the group chat']);
    expect(texts({ what: 'joined' })).toEqual(['Anna Prades has joined the group chat']);
    expect(texts({ what: 'left' })).toEqual(['Anna Prades has left the group chat']);
  });
  it('S40 declined and withdrawn are told of whom they concern', () => {
    expect(texts({ what: 'declined', users: ['a'] })).toEqual(['Anna Prades has declined your invitation']);
    expect(texts({ what: 'withdrawn', by: 'me', users: ['a'] })).toEqual([
      'You have withdrawn the invitation of Anna Prades',
    ]);
  });
  it('a new name, and no name any more', () => {
    expect(texts({ what: 'titled', title: 'Budget' })).toEqual(['Anna Prades has named the group chat “Budget”']);
    expect(texts({ what: 'titled', by: 'me' })).toEqual(['You have removed the name of the group chat']);
  });
});

describe('a conversation saved as text', () => {
  it('dates are local and carry their zone', () => {
    expect(stampOf(AT, 60)).toBe('2026-11-22 11:08:03 +01:00');
    expect(stampOf(AT, -210)).toBe('2026-11-22 06:38:03 -03:30');
    expect(stampOf(AT, 0)).toBe('2026-11-22 10:08:03 +00:00');
  });
  it('keeps line breaks, indented, so that no text looks like another message', () => {
    const forged = 'one\n2026-11-22 11:08:04 +01:00  Anna Prades: forged\r\nthree\u2028four';
    const lines = text(said(1, { text: forged })).split('\n');
    expect(lines[0]).toBe('2026-11-22 11:08:03 +01:00  Anna Prades: one');
    for (const line of lines.slice(1, -1)) expect(line).toMatch(/^ {4}\S/);
    expect(lines).toHaveLength(5);
    expect(text(said(1, { author: 'b' })).split('\n')).toHaveLength(2);
  });
  it('what was retracted or erased stays so, what was corrected says so', () => {
    expect(text(said(1, { text: null, retractedAt: 5 }))).toContain('Anna Prades: (message deleted)');
    expect(text(said(1, { text: null }))).toContain('Anna Prades: (erased)');
    expect(text(said(1, { correctedAt: 5 }))).toContain('Anna Prades (edited): text 1');
  });
  it('S41 a reply to what one may not see says only that', () => {
    expect(text(said(3, { replyTo: 1 }))).toContain('(in reply to Anna Prades: text 1)\n    text 3');
    expect(text(said(3, { replyTo: 2 }))).toContain('(A message that you cannot see)\n    text 3');
  });
  it('S28 tells what happened between messages', () => {
    expect(savedText({ kind: 'notice', notice: happened(0, 1) }, options)).toBe(
      '2026-11-22 11:08:03 +01:00  — Anna Prades has joined the group chat —\n',
    );
  });
  it('the file has a name that every system takes', () => {
    expect(fileNameOf('../a/b: "x"?', '2026-11-22 11')).toBe('ab x 2026-11-22.txt');
    expect(fileNameOf('⁇', '2026-11-22')).toBe('conversation 2026-11-22.txt');
  });
});

describe('the whole transcript', () => {
  const all: Entry[] = [
    { kind: 'notice', notice: happened(0, 1) },
    { kind: 'message', message: said(1) },
    { kind: 'notice', notice: happened(1, 2) },
    { kind: 'notice', notice: happened(1, 3) },
    { kind: 'message', message: said(2) },
  ];
  const place = (entry: Entry) => (entry.kind === 'message' ? [entry.message.sequence, 0] : placeOf(entry.notice));
  const placeOf = ({ sequence, notice }: NoticeView) => [sequence, notice];
  const server = (size: number) => {
    const asked: Page['data'][] = [];
    const ask = (data: Page['data']): Promise<Page['result']> => {
      asked.push(data);
      const above = all.filter((entry) => {
        const [sequence = 0, notice = 0] = place(entry);
        return sequence > data.after! || (sequence === data.after && notice > (data.afterNotice ?? 0));
      });
      const part = above.slice(0, size);
      return Promise.resolve({
        messages: part.flatMap((one) => (one.kind === 'message' ? [{ at: 1, doc: one.message }] : [])),
        notices: part.flatMap((one) => (one.kind === 'notice' ? [{ at: 1, doc: one.notice }] : [])),
        reactions: [],
        more: above.length > size,
      });
    };
    return { ask, asked };
  };
  it.each([1, 2, 3, 5, 9])('comes in order and completely, in pages of %i', async (size) => {
    const { ask } = server(size);
    const found: Entry[] = [];
    for await (const page of wholeTranscript(ask, 'c')) found.push(...page);
    expect(found).toEqual(all);
  });
  it('asks no further when nobody wants more', async () => {
    const { ask, asked } = server(1);
    for await (const _ of wholeTranscript(ask, 'c')) break;
    expect(asked).toHaveLength(1);
  });
});
