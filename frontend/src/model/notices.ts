import { viewKey, type NoticeView, type Placed, type ViewChange } from '../../../src/application/protocol/index.js';
import { changed } from './documents.js';

export type PlacedNotice = Placed<NoticeView>;
/** Where something stands in a conversation: a message is (sequence, 0), a notice after it (sequence, notice). */
export interface Place {
  readonly sequence: number;
  readonly notice: number;
}

export const comparePlaces = (a: Place, b: Place): number => a.sequence - b.sequence || a.notice - b.notice;

/** Adds notices in their order. Of two versions of one notice the newer one stays. */
export const withNotices = (
  present: readonly PlacedNotice[] = [],
  more: readonly PlacedNotice[],
): readonly PlacedNotice[] => {
  if (more.length === 0) return present;
  const byKey = new Map(present.map((one) => [viewKey.notice(one.doc), one]));
  for (const one of more) {
    const old = byKey.get(viewKey.notice(one.doc));
    if (!old || old.at <= one.at) byKey.set(viewKey.notice(one.doc), one);
  }
  return [...byKey.values()].sort((a, b) => comparePlaces(a.doc, b.doc));
};

type NoticeChange = Extract<ViewChange, { view: 'notice' }>;

export const amendedNotices = (
  present: readonly PlacedNotice[],
  change: NoticeChange,
  at: number,
): readonly PlacedNotice[] =>
  present.flatMap((one) => {
    if (viewKey.notice(one.doc) !== change.key || one.at > at) return [one];
    const doc = changed(one.doc, change);
    return doc ? [{ at, doc }] : [];
  });
