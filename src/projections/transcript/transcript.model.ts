/** One message; key: `conversationId/sequence`, see `messageKey`. */
export interface MessageDocument {
  readonly conversationId: string;
  readonly sequence: number;
  readonly messageId: string;
  readonly author: string;
  /** `null`: retracted, or its author was erased. */
  readonly text: string | null;
  readonly replyTo: number | null;
  readonly mentions: readonly string[];
  readonly postedAt: number;
  readonly correctedAt: number | null;
  readonly retractedAt: number | null;
}

/** What happened between messages; key: `conversationId/sequence.notice`, which sorts right after its message. */
export interface NoticeDocument {
  readonly conversationId: string;
  /** The message that it stands after; 0: before the first one. */
  readonly sequence: number;
  readonly notice: number;
  readonly what: 'invited' | 'withdrawn' | 'declined' | 'joined' | 'left' | 'titled';
  /** Whose doing it was. */
  readonly by: string;
  /** Whom it concerned: those who were invited, or the one whose invitation ended. */
  readonly users: readonly string[];
  readonly title: string | null;
  /** The only one who is shown it; `null`: everybody who was there. */
  readonly onlyFor: string | null;
  readonly happenedAt: number;
}

/** Digits that a number is written with in a key, so that keys sort as numbers do. */
const DIGITS = 10;
const digits = (value: number): string => String(value).padStart(DIGITS, '0');

export const messageKey = (conversationId: string, sequence: number): string => `${conversationId}/${digits(sequence)}`;

export const noticeKey = (conversationId: string, { sequence, notice }: { sequence: number; notice: number }): string =>
  `${messageKey(conversationId, sequence)}.${digits(notice)}`;

/** The place that a key names; a message's notice is 0. */
export const placeIn = (key: string): { conversationId: string; sequence: number; notice: number } => {
  const slash = key.indexOf('/');
  const dot = key.indexOf('.', slash);
  const sequence = Number(dot < 0 ? key.slice(slash + 1) : key.slice(slash + 1, dot));
  return { conversationId: key.slice(0, slash), sequence, notice: dot < 0 ? 0 : Number(key.slice(dot + 1)) };
};

/** A line of a transcript. */
export type TranscriptEntry = MessageDocument | NoticeDocument;

export const isNotice = (entry: TranscriptEntry): entry is NoticeDocument => 'notice' in entry;
export const isMessage = (entry: TranscriptEntry): entry is MessageDocument => !isNotice(entry);
