import { viewKey, type Placed, type ReactionView } from '../../../src/application/protocol/index.js';
import { withChange, type Change, type Documents } from './documents.js';

/** The reactions to each message of one conversation; taken back ones stay as tombstones. */
export type ReactionsBySequence = ReadonlyMap<number, Documents<ReactionView>>;

const NONE: Documents<ReactionView> = new Map();

export const withReactionChange = (
  present: ReactionsBySequence = new Map(),
  change: Change<ReactionView>,
  at: number,
): ReactionsBySequence => {
  const sequence = Number(change.key.split('/')[1]);
  const before = present.get(sequence) ?? NONE;
  const after = withChange(before, change, at);
  return after === before ? present : new Map(present).set(sequence, after);
};

export const withReactions = (
  present: ReactionsBySequence | undefined,
  placed: readonly Placed<ReactionView>[],
): ReactionsBySequence =>
  placed.reduce<ReactionsBySequence>(
    (all, { at, doc }) => withReactionChange(all, { op: 'put', key: viewKey.reaction(doc), doc }, at),
    present ?? new Map(),
  );

/** In the order in which they were given. */
export const reactionsTo = (present: ReactionsBySequence | undefined, sequence: number): ReactionView[] =>
  [...(present?.get(sequence) ?? NONE).values()]
    .flatMap(({ doc }) => doc ?? [])
    .sort((a, b) => a.addedAt - b.addedAt || (a.user < b.user ? -1 : 1));
