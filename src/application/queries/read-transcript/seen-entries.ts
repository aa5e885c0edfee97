import { noticeKey, messageKey, type TranscriptEntry } from '../../../projections/transcript/transcript.model.js';
import type { StoredDocument } from '../../ports/read-model-store.js';
import type { ReadModels } from '../../read-models/read-models.js';
import { entryVisible } from '../../visibility/entries.js';
import type { Viewed } from '../../visibility/viewers.js';
import { rangesOf, type SeenRange } from '../../../domain/conversation/index.js';

/** Keys, exclusive. */
interface Bounds {
  readonly after: string;
  readonly before: string;
}

export interface Cut {
  readonly order: 'ascending' | 'descending';
  readonly after: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** Sorts after every key of the conversation. */
const END = '~';

/** Keys sort as places do, so a span is one range of keys. */
const boundsOf = (conversationId: string, { first, last }: SeenRange): Bounds => ({
  after: noticeKey(conversationId, { ...first, notice: first.notice - 1 }),
  before: last === null ? `${conversationId}/${END}` : noticeKey(conversationId, { ...last, notice: last.notice + 1 }),
});

/** The keys of what the viewer sees, within the cut: one range for each span, in the order asked for. */
export const seenBounds = (viewed: Viewed, cut: Omit<Cut, 'limit'>): readonly Bounds[] => {
  const ranges = rangesOf(viewed.spans).map((range) => within(boundsOf(viewed.conversationId, range), cut));
  return cut.order === 'descending' ? ranges.reverse() : ranges;
};

const within = ({ after, before }: Bounds, cut: Omit<Cut, 'limit'>): Bounds => ({
  after: cut.after !== null && cut.after > after ? cut.after : after,
  before: cut.before !== null && cut.before < before ? cut.before : before,
});

export const placeKey = (conversationId: string, sequence: number, notice: number | undefined): string =>
  notice === undefined || notice === 0
    ? messageKey(conversationId, sequence)
    : noticeKey(conversationId, { sequence, notice });

/**
 * The lines of a transcript that the viewer sees, in the order asked for, at most `limit`. What they do not see is not read: the cost is that of what is
 * shown, however much was said in their absence.
 */
export const seenEntries = async (
  readModels: ReadModels,
  viewed: Viewed,
  cut: Cut,
): Promise<readonly StoredDocument<TranscriptEntry>[]> => {
  const seen: StoredDocument<TranscriptEntry>[] = [];
  for (const range of seenBounds(viewed, cut)) {
    let { after, before } = range;
    while (seen.length < cut.limit && after < before) {
      const asked = cut.limit - seen.length;
      const found = await readModels.page<TranscriptEntry>('transcript', {
        partition: viewed.conversationId,
        after,
        before,
        limit: asked,
        order: cut.order,
      });
      seen.push(...found.filter(({ doc }) => entryVisible(viewed, doc)));
      const last = found.at(-1);
      if (!last || found.length < asked) break;
      if (cut.order === 'ascending') after = last.key;
      else before = last.key;
    }
  }
  return seen;
};
