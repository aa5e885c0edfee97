import type { MessageView } from '../../../src/application/protocol/index.js';
import type { ClientState } from './client-state.js';
import type { PendingMessage } from './pending-message.js';

/** Messages of one author that come within this time share one head with avatar and name (S23). */
const GROUP_MS = 60_000;

export interface MessageLine {
  readonly kind: 'message';
  readonly key: string;
  readonly author: string;
  readonly text: string | null;
  readonly at: number;
  /** Its place in the conversation; `null` while it is not confirmed. */
  readonly sequence: number | null;
  readonly pending: PendingMessage | null;
  readonly startsGroup: boolean;
}

/** One row of the message list. Keys of messages are their ids, all others begin with `#`. */
export type Line =
  | MessageLine
  | { readonly kind: 'start'; readonly key: '#start' }
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
  const transcript = state.transcripts.get(conversationId);
  const lines: Line[] = [];
  if (!transcript) return lines;
  if (transcript.atBeginning) lines.push({ kind: 'start', key: '#start' });
  const builder = new LineBuilder(lines, options);
  for (const { doc } of transcript.messages) builder.message(doc);
  if (transcript.loose.length > 0) {
    lines.push({ kind: 'hole', key: '#hole' });
    for (const { doc } of transcript.loose) builder.message(doc);
  }
  for (const pending of state.pending)
    if (pending.conversationId === conversationId) builder.pending(pending, state.self?.id ?? '');
  return lines;
};

class LineBuilder {
  private day = '';
  private divided = false;
  private last: MessageLine | null = null;

  constructor(
    private readonly lines: Line[],
    private readonly options: LineOptions,
  ) {}

  message({ messageId, author, text, postedAt, sequence }: MessageView): void {
    const { dividerAfter } = this.options;
    this.startDay(postedAt, messageId);
    if (dividerAfter !== null && !this.divided && sequence > dividerAfter) {
      this.divided = true;
      this.lines.push({ kind: 'new', key: '#new' });
      this.last = null;
    }
    this.add({ key: messageId, author, text, at: postedAt, sequence, pending: null });
  }

  pending(pending: PendingMessage, author: string): void {
    this.startDay(pending.writtenAt, pending.messageId);
    this.add({ key: pending.messageId, author, text: pending.text, at: pending.writtenAt, sequence: null, pending });
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
  actionOf(last.text) !== null ||
  actionOf(next.text) !== null;

/** `/me waves` is told about its author, not said by them. */
export const actionOf = (text: string | null): string | null => {
  const [, action] = /^\/me\s+(\S[^]*)$/.exec(text ?? '') ?? [];
  return action ?? null;
};
