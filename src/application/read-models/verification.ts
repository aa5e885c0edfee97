import type { GenerationBuilder } from '../../projections/runtime/generation-builder.js';
import type { Position } from '../ports/event-log.js';
import type { Generation, ReadModelStore } from '../ports/read-model-store.js';
import { digestsOf, documentsOf, lineOf, type PartitionDigest } from './partition-digest.js';

/** One document that is not what the log says. `missing` and `extra` are said of the generation under test. */
export interface Difference {
  readonly key: string;
  readonly kind: 'missing' | 'extra' | 'different';
}

export interface Verification {
  /** Everything up to here was compared. */
  readonly position: Position;
  readonly partitions: number;
  readonly documents: number;
  /** In order of key; at most `DIFFERENCES_NAMED`. */
  readonly differences: readonly Difference[];
  /** How many documents differ in all. */
  readonly differing: number;
}

export interface Comparison {
  readonly store: ReadModelStore;
  /** The generation under test; it may move on meanwhile. */
  readonly tested: Generation;
  /** A fresh one from the log, level with the log a moment ago. */
  readonly fresh: GenerationBuilder;
  /** No document is newer than this; checkpoints may be, by what is not Parley's. */
  readonly head: () => Promise<Position>;
  readonly report?: (documents: number) => void;
}

/** Differences that are named one by one. */
export const DIFFERENCES_NAMED = 1_000;
/** How often a partition that moves is looked at again before it counts as different. */
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 100;

/**
 * Compares a generation that people use with a fresh one, count and digest of each partition at the same position. The fresh one
 * stands still; a partition that changed after its position is compared again after the fresh one has followed. A partition that stays different
 * while both are at one position is, and its documents are named.
 */
export const compare = async (comparison: Comparison): Promise<Verification> => {
  const { store, tested, fresh, head } = comparison;
  const { partitions, documents, unequal: first } = await compareAll(comparison);
  let unequal = first;
  for (let look = 0; look < LOOKS && unequal.length > 0; look++) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
    const still: string[] = [];
    let settled = true;
    for (const partition of unequal) {
      const one = await digestOf(store, tested, partition);
      const target = Math.max(one?.newest ?? 0, await store.checkpoint(tested));
      await fresh.advance(Math.min(target, await head()));
      const other = await digestOf(store, fresh.generation, partition);
      if (same(one, other)) continue;
      still.push(partition);
      // What came between the two readings explains a difference; nothing else does.
      const again = await digestOf(store, tested, partition);
      settled &&= same(one, again) && (await store.checkpoint(tested)) >= (other?.newest ?? 0);
    }
    unequal = still;
    if (settled) break;
  }
  const differences: Difference[] = [];
  let differing = 0;
  for (const partition of unequal)
    for await (const difference of differencesIn(comparison, partition)) {
      differing++;
      if (differences.length < DIFFERENCES_NAMED) differences.push(difference);
    }
  return { position: fresh.position, partitions, documents, differences, differing };
};

const same = (one: PartitionDigest | null, other: PartitionDigest | null): boolean =>
  one?.count === other?.count && one?.digest === other?.digest;

const compareAll = async ({ store, tested, fresh, report }: Comparison) => {
  const unequal: string[] = [];
  let partitions = 0;
  let documents = 0;
  for await (const [one, other] of side(
    digestsOf(documentsOf(store, tested)),
    digestsOf(documentsOf(store, fresh.generation)),
    ({ partition }) => partition,
  )) {
    partitions++;
    documents += other?.count ?? 0;
    report?.(documents);
    if (!same(one, other)) unequal.push((one ?? other)?.partition ?? '');
  }
  return { partitions, documents, unequal };
};

const digestOf = async (
  store: ReadModelStore,
  generation: Generation,
  partition: string,
): Promise<PartitionDigest | null> => {
  for await (const digest of digestsOf(documentsOf(store, generation, partition))) return digest;
  return null;
};

async function* differencesIn({ store, tested, fresh }: Comparison, partition: string): AsyncGenerator<Difference> {
  for await (const [one, other] of side(
    documentsOf(store, tested, partition),
    documentsOf(store, fresh.generation, partition),
    ({ key }) => key,
  )) {
    const key = (one ?? other)?.key ?? '';
    if (one === null) yield { key, kind: 'missing' };
    else if (other === null) yield { key, kind: 'extra' };
    else if (lineOf(one) !== lineOf(other)) yield { key, kind: 'different' };
  }
}

/** Two sequences in ascending order of name, side by side; `null` where one of them has no such name. */
async function* side<T>(
  left: AsyncIterator<T>,
  right: AsyncIterator<T>,
  nameOf: (item: T) => string,
): AsyncGenerator<readonly [T | null, T | null]> {
  let [one, other] = await Promise.all([left.next(), right.next()]);
  while (!one.done || !other.done) {
    const [left1, right1] = [one.done ? null : nameOf(one.value), other.done ? null : nameOf(other.value)];
    const takesLeft = left1 !== null && (right1 === null || left1 <= right1);
    const takesRight = right1 !== null && (left1 === null || right1 <= left1);
    yield [takesLeft && !one.done ? one.value : null, takesRight && !other.done ? other.value : null];
    [one, other] = await Promise.all([takesLeft ? left.next() : one, takesRight ? right.next() : other]);
  }
}
