import type { MessageView, Placed } from '../../../src/application/protocol/index.js';
import type { Place } from './notices.js';

export type PlacedMessage = Placed<MessageView>;

/** A part of a conversation without a hole: everything visible from `from` to `to` is in `messages`, ascending. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly messages: readonly PlacedMessage[];
  /** Notices stand before `from` from this number on; left out: those there are not known. */
  readonly fromNotice?: number;
  /** There is nothing to see before `from`. */
  readonly atBeginning: boolean;
}

/** What is known of one conversation. What came with a hole before it waits in `loose` until the hole is filled. */
export interface Transcript extends Stretch {
  readonly loose: readonly PlacedMessage[];
  /** One looks at a part far from the end: what comes after `to` is not held, and is loaded as one reads on. */
  readonly adrift?: boolean;
  /** Only what came by itself is held, and no page yet: where one begins to read is not known. */
  readonly unopened?: boolean;
}

/** So many messages of one conversation are held; what lies beyond is loaded again when somebody goes there. */
export const KEPT_MOST = 2_000;
/** Cutting goes a little further, so that not every message that comes cuts anew. */
const KEPT_AFTER_CUT = 1_800;

/** Without the oldest of too many messages. */
export const cutOldest = (transcript: Transcript): Transcript => {
  if (transcript.messages.length <= KEPT_MOST) return transcript;
  const messages = transcript.messages.slice(-KEPT_AFTER_CUT);
  const { fromNotice: _, ...rest } = transcript;
  return { ...rest, messages, from: messages[0]?.doc.sequence ?? transcript.from, atBeginning: false };
};

/** Without the newest of too many messages: for somebody who reads far up. */
export const cutNewest = (transcript: Transcript): Transcript => {
  if (transcript.messages.length <= KEPT_MOST) return transcript;
  const messages = transcript.messages.slice(0, KEPT_AFTER_CUT);
  return { ...transcript, messages, to: messages.at(-1)?.doc.sequence ?? transcript.to, loose: [], adrift: true };
};

/** A conversation in which nothing was said yet is known completely. */
export const EMPTY_TRANSCRIPT: Transcript = { from: 1, to: 0, messages: [], loose: [], atBeginning: true };

/** The oldest place that is known: what a page of older entries ends before. */
export const oldestPlace = ({ from, fromNotice }: Stretch): Place =>
  fromNotice === undefined ? { sequence: from, notice: 0 } : { sequence: from - 1, notice: fromNotice };

/** Adds a stretch that may lie before, after or over what is known. Of two versions of one message the newer one stays. */
export const withStretch = (transcript: Transcript | undefined, stretch: Stretch): Transcript => {
  if (!transcript) return { ...stretch, loose: [] };
  const [lower, upper] = stretch.from < transcript.from ? [stretch, transcript] : [transcript, stretch];
  const whole = upper.from <= lower.to + 1;
  return absorb({
    from: lower.from,
    ...beginning(lower, upper),
    to: whole ? Math.max(lower.to, upper.to) : lower.to,
    messages: whole ? merged(transcript.messages, stretch.messages) : lower.messages,
    loose: whole ? transcript.loose : merged(transcript.loose, upper.messages),
    atBeginning: lower.atBeginning || (lower.from === upper.from && upper.atBeginning),
    ...(transcript.adrift ? { adrift: true } : {}),
  });
};

/** Of two stretches that begin with the same message, one may know of notices before it. */
const beginning = (lower: Stretch, upper: Stretch): Pick<Stretch, 'fromNotice'> => {
  const same = lower.from === upper.from ? [lower.fromNotice, upper.fromNotice] : [lower.fromNotice];
  const known = same.filter((notice) => notice !== undefined);
  return known.length > 0 ? { fromNotice: Math.min(...known) } : {};
};

/** One message as it came, live or as an answer. One far before what is known is left to the page that it belongs to. */
export const withMessage = (transcript: Transcript | undefined, message: PlacedMessage): Transcript => {
  const { sequence } = message.doc;
  if (transcript && sequence < transcript.from - 1) return transcript;
  if (transcript?.adrift && sequence > transcript.to + 1) return transcript;
  const stretch = { from: sequence, to: sequence, messages: [message], atBeginning: false };
  const next = cutOldest(withStretch(transcript, stretch));
  return !transcript || transcript.unopened ? { ...next, unopened: true } : next;
};

/** A stretch that starts a transcript anew, with what came after it. */
export const withLoose = (stretch: Stretch, loose: readonly PlacedMessage[]): Transcript =>
  absorb({ ...stretch, loose });

/** Takes over what no longer has a hole before it. */
const absorb = (transcript: Transcript): Transcript => {
  let { to } = transcript;
  let count = 0;
  for (const { doc } of transcript.loose) {
    if (doc.sequence > to + 1) break;
    to = Math.max(to, doc.sequence);
    count++;
  }
  if (count === 0) return transcript;
  const messages = merged(transcript.messages, transcript.loose.slice(0, count));
  return { ...transcript, to, messages, loose: transcript.loose.slice(count) };
};

const merged = (present: readonly PlacedMessage[], more: readonly PlacedMessage[]): readonly PlacedMessage[] => {
  const [first] = more;
  if (!first) return present;
  if ((present.at(-1)?.doc.sequence ?? 0) < first.doc.sequence) return [...present, ...more];
  const bySequence = new Map(present.map((one) => [one.doc.sequence, one]));
  for (const one of more) {
    const old = bySequence.get(one.doc.sequence);
    if (!old || old.at <= one.at) bySequence.set(one.doc.sequence, one);
  }
  return [...bySequence.values()].sort((a, b) => a.doc.sequence - b.doc.sequence);
};
