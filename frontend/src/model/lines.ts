import type { MessageView, NoticeView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import { comparePlaces, type Place, type PlacedNotice } from './notices.js';
import type { PendingMessage } from './pending-message.js';
import { oldestPlace, type PlacedMessage, type Transcript } from './transcript.js';

/** Messages of one author that come within this time share one head with avatar and name (S23). */
const GROUP_MS = 60_000;

export interface MessageLine {
  readonly kind: 'message';
  readonly key: string;
  readonly author: string;
  readonly text: string | null;
  readonly replyTo: number | null;
  readonly mentions: readonly string[];
  readonly correctedAt: number | null;
  readonly isRetracted: boolean;
  readonly at: number;
  /** Its place in the conversation; `null` while it is not confirmed. */
  readonly sequence: number | null;
  readonly pending: PendingMessage | null;
  readonly startsGroup: boolean;
}

export interface NoticeLine {
  readonly kind: 'notice';
  readonly key: string;
  readonly at: number;
  readonly notice: NoticeView;
}

/** What there is above the first row: nothing was said before, or one was not there. */
export type Beginning = 'direct' | 'group' | 'joined';

/** One row of the message list. Keys of messages are their ids, all others begin with `#`. */
export type Line =
  | MessageLine
  | NoticeLine
  | { readonly kind: 'start'; readonly key: '#start'; readonly of: Beginning }
  | { readonly kind: 'hole'; readonly key: '#hole' }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: '#new' };

export interface LineOptions {
  /** The day that an instant belongs to, in the reader's time zone. */
  readonly dayOf: (instant: number) => string;
  /** The last sequence before the "New" divider; `null`: no divider. */
  readonly dividerAfter: number | null;
}

/** The rows of a conversation from top to bottom. */
export const linesOf = (state: ClientState, conversationId: string, options: LineOptions): Line[] => {
  const lines: Line[] = [];
  const builder = new LineBuilder(lines, options);
  const transcript = state.transcripts.get(conversationId);
  if (transcript && !transcript.unopened) withTranscript(lines, builder, state, conversationId, transcript);
  for (const pending of state.pending)
    if (pending.conversationId === conversationId) builder.pending(pending, state.self?.id ?? '');
  return lines;
};

const withTranscript = (
  lines: Line[],
  builder: LineBuilder,
  state: ClientState,
  conversationId: string,
  transcript: Transcript,
): void => {
  const notices = noticesWithin(transcript, state.notices.get(conversationId) ?? []);
  const before = notices.filter(({ doc }) => doc.sequence <= transcript.to);
  if (transcript.atBeginning)
    lines.push({ kind: 'start', key: '#start', of: beginningOf(state, conversationId, before) });
  builder.entries(transcript.messages, before);
  const after = notices.filter(({ doc }) => doc.sequence > transcript.to);
  if (transcript.loose.length + after.length === 0) return;
  lines.push({ kind: 'hole', key: '#hole' });
  builder.entries(transcript.loose, after);
};

/** Notices outside of what is known of the messages would stand in the wrong place. */
const noticesWithin = (transcript: Transcript, notices: readonly PlacedNotice[]): readonly PlacedNotice[] => {
  const oldest = oldestPlace(transcript);
  return notices.filter(
    ({ doc }) =>
      (transcript.atBeginning || comparePlaces(doc, oldest) >= 0) &&
      !(transcript.adrift && doc.sequence > transcript.to),
  );
};

/** Who joined later sees nothing of before (S41), and is told so. */
const beginningOf = (state: ClientState, id: string, notices: readonly PlacedNotice[]): Beginning => {
  if (state.conversations.get(id)?.doc?.kind !== 'group') return 'direct';
  const [first] = notices;
  return first?.doc.what === 'joined' && first.doc.by === state.self?.id && first.doc.sequence > 0 ? 'joined' : 'group';
};

class LineBuilder {
  private day = '';
  private divided = false;
  private last: MessageLine | null = null;

  constructor(
    private readonly lines: Line[],
    private readonly options: LineOptions,
  ) {}

  /** Messages and what happened between them, both ascending. */
  entries(messages: readonly PlacedMessage[], notices: readonly PlacedNotice[]): void {
    let next = 0;
    const noticesBefore = (place: Place): void => {
      for (let one = notices[next]; one && comparePlaces(one.doc, place) < 0; one = notices[++next])
        this.notice(one.doc);
    };
    for (const { doc } of messages) {
      noticesBefore({ sequence: doc.sequence, notice: 0 });
      this.message(doc);
    }
    noticesBefore({ sequence: Infinity, notice: 0 });
  }

  private notice(notice: NoticeView): void {
    const key = `#notice ${notice.sequence}.${notice.notice}`;
    this.startDay(notice.happenedAt, key);
    this.lines.push({ kind: 'notice', key, at: notice.happenedAt, notice });
    this.last = null;
  }

  private message(message: MessageView): void {
    const { messageId, author, text, postedAt, sequence, replyTo, mentions, correctedAt, retractedAt } = message;
    const { dividerAfter } = this.options;
    this.startDay(postedAt, messageId);
    if (dividerAfter !== null && !this.divided && sequence > dividerAfter) {
      this.divided = true;
      this.lines.push({ kind: 'new', key: '#new' });
      this.last = null;
    }
    const said = { author, text, replyTo, mentions, correctedAt, isRetracted: retractedAt !== null };
    this.add({ key: messageId, ...said, at: postedAt, sequence, pending: null });
  }

  pending(pending: PendingMessage, author: string): void {
    const { messageId, text, replyTo, mentions, writtenAt: at } = pending;
    this.startDay(at, messageId);
    const said = { author, text, replyTo, mentions, correctedAt: null, isRetracted: false };
    this.add({ key: messageId, ...said, at, sequence: null, pending });
  }

  /** The key names the first message: an older page that begins the same day brings a separator of its own. */
  private startDay(instant: number, first: string): void {
    const day = this.options.dayOf(instant);
    if (day === this.day) return;
    this.day = day;
    this.last = null;
    this.lines.push({ kind: 'day', key: `#day ${first}`, at: instant });
  }

  private add(message: Omit<MessageLine, 'kind' | 'startsGroup'>): void {
    const line: MessageLine = { kind: 'message', ...message, startsGroup: startsGroup(this.last, message) };
    this.lines.push(line);
    this.last = line;
  }
}

const startsGroup = (last: MessageLine | null, next: Omit<MessageLine, 'kind' | 'startsGroup'>): boolean =>
  last?.author !== next.author ||
  next.at - last.at > GROUP_MS ||
  next.replyTo !== null ||
  actionOf(last.text) !== null ||
  actionOf(next.text) !== null;

/** `/me waves` is told about its author, not said by them. */
export const actionOf = (text: string | null): string | null => {
  const [, action] = /^\/me\s+(\S[^]*)$/.exec(text ?? '') ?? [];
  return action ?? null;
};

export const lineOf = (lines: readonly Line[], sequence: number): MessageLine | undefined =>
  lines.find((line): line is MessageLine => line.kind === 'message' && line.sequence === sequence);
