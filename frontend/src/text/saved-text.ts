import type { MessageView, NoticeView } from '../../../src/application/protocol/index.js';
import type { MessageWords } from '../i18n/message-words.js';

export type SavedEntry =
  | { readonly kind: 'message'; readonly message: MessageView }
  | { readonly kind: 'notice'; readonly notice: NoticeView };

export interface SaveOptions {
  readonly words: MessageWords;
  /** Said for a text that is gone although nobody retracted it. */
  readonly erased: string;
  readonly nameOf: (userId: string) => string;
  readonly noticeTexts: (notice: NoticeView) => readonly string[];
  /** Minutes east of Greenwich, at that instant. */
  readonly offsetAt: (instant: number) => number;
  /** The first words of a message on this page or one before it; `null`: it is not among what one may see. */
  readonly quoteOf: (sequence: number) => { readonly author: string; readonly start: string } | null;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-11-22 11:08:03 +01:00`: local time and how far it is from universal time, so that nobody has to guess. */
export const stampOf = (instant: number, offset: number): string => {
  const local = new Date(instant + offset * 60_000).toISOString();
  const sign = offset < 0 ? '-' : '+';
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${sign}${two(hours)}:${two(minutes)}`;
};

const INDENT = '    ';

/** One entry as text, ending with a line end. Further lines are indented: nobody can write what looks like somebody else's message. */
export const savedText = (entry: SavedEntry, options: SaveOptions): string =>
  entry.kind === 'message' ? savedMessage(entry.message, options) : savedNotice(entry.notice, options);

const savedNotice = (notice: NoticeView, { offsetAt, noticeTexts }: SaveOptions): string =>
  noticeTexts(notice)
    .map((text) => `${stampOf(notice.happenedAt, offsetAt(notice.happenedAt))}  — ${oneLine(text)} —\n`)
    .join('');

const savedMessage = (message: MessageView, options: SaveOptions): string => {
  const { words, nameOf, offsetAt } = options;
  const stamp = stampOf(message.postedAt, offsetAt(message.postedAt));
  const edited = message.correctedAt === null || message.text === null ? '' : ` (${words.edited})`;
  return `${stamp}  ${oneLine(nameOf(message.author))}${edited}: ${indented(bodyOf(message, options))}\n`;
};

const bodyOf = (message: MessageView, { words, erased, nameOf, quoteOf }: SaveOptions): string => {
  if (message.text === null) return message.retractedAt === null ? `(${erased})` : words.saveRemoved;
  if (message.replyTo === null) return message.text;
  const quote = quoteOf(message.replyTo);
  const reference = quote ? words.saveReplies(nameOf(quote.author), quote.start) : `(${words.unseen})`;
  return `${reference}\n${message.text}`;
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
const indented = (text: string): string => text.replace(LINE_END, `\n${INDENT}`);

/** A name for the file that every system takes. */
export const fileNameOf = (title: string, stamp: string): string => {
  const safe = title
    .replace(/[^\p{L}\p{N} ,._-]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60);
  return `${safe.replace(/^[.\s]+/, '') || 'conversation'} ${stamp.slice(0, 10)}.txt`;
};
