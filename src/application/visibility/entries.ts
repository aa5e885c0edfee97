import type { Span } from '../../domain/conversation/index.js';
import type { UserId } from '../../domain/kernel/ids.js';
import type { ReactionDocument } from '../../projections/reactions/reactions.model.js';
import { isNotice, type MessageDocument, type TranscriptEntry } from '../../projections/transcript/transcript.model.js';
import { placeVisible } from '../../domain/conversation/index.js';

/** Somebody who looks into a conversation. */
export interface Viewer {
  readonly userId: UserId;
  /** See `spansOf`. */
  readonly spans: readonly Span[];
}

/** Whether a line of a transcript is for this person: they were there, and it is not for somebody else alone. */
export const entryVisible = ({ userId, spans }: Viewer, entry: TranscriptEntry): boolean =>
  isNotice(entry)
    ? placeVisible(spans, entry) && (entry.onlyFor === null || entry.onlyFor === userId)
    : placeVisible(spans, { sequence: entry.sequence, notice: 0 });

/** Reactions to messages that are shown: those to a message that was retracted go with its text. */
export const ofShown = <Reaction extends Pick<ReactionDocument, 'sequence'>>(
  reactions: readonly Reaction[],
  messages: readonly MessageDocument[],
): readonly Reaction[] => {
  const shown = new Set(messages.filter(({ retractedAt }) => retractedAt === null).map(({ sequence }) => sequence));
  return reactions.filter(({ sequence }) => shown.has(sequence));
};
