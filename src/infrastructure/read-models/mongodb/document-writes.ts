import { MongoBulkWriteError, type AnyBulkWriteOperation, type Collection } from 'mongodb';
import type { Position } from '../../../application/ports/event-log.js';
import type { PositionedChanges } from '../../../application/ports/read-model-store.js';
import { applyChange, type Change } from '../../../projections/runtime/change.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asText } from '../../mongodb/scalars.js';
import { isDuplicate } from '../../mongodb/store-failure.js';
import { inChunks } from '../../mongodb/writes.js';
import { documentRecord, heldOf, type DocumentRecord, type Held } from './document-record.js';

interface Step {
  readonly at: Position;
  readonly change: Change<object>;
}
/** The steps of one document, in order. */
type Steps = readonly [key: string, steps: readonly Step[]];

const NEVER: Held = { at: -1, doc: null };

/**
 * Applies batches to the documents of one generation, beside any number of other writers that have the same events. Each document that a batch
 * touches is read once, changed in memory as by every other store, and written back only if it still is at the position it was read at. A position
 * has one document, whoever wrote it: all changes of an event go into it in one write. So who finds another position has lost against a writer of
 * the same events, reads again, and finds less to do.
 */
export class DocumentWrites {
  constructor(
    private readonly connection: MongoConnection,
    private readonly documents: Collection<DocumentRecord>,
    private readonly terms: boolean,
  ) {}

  async apply(batch: readonly PositionedChanges[]): Promise<void> {
    for (const some of inChunks([...stepsByKey(batch)])) while (!(await this.applySteps(some)));
  }

  /** Answers whether every write found its document as it was read. The position of one that did not has grown: that ends. */
  private async applySteps(touched: readonly Steps[]): Promise<boolean> {
    const before = await this.read(touched.map(([key]) => key));
    const writes = touched.flatMap(([key, steps]) => this.writeOf(key, steps, before.get(key)));
    return writes.length === 0 || (await this.write(writes)) === writes.length;
  }

  private async read(keys: readonly string[]): Promise<ReadonlyMap<string, DocumentRecord>> {
    const filter = { _id: { $in: keys.map(asText) } };
    const found = await this.connection.ask(() => this.documents.find(filter).toArray());
    return new Map(found.map((record) => [record._id, record]));
  }

  private writeOf(
    key: string,
    steps: readonly Step[],
    before: DocumentRecord | undefined,
  ): AnyBulkWriteOperation<DocumentRecord>[] {
    const after = documentRecord(key, folded(before ? heldOf(before) : NEVER, steps), this.terms);
    if (!before) return after.at === NEVER.at ? [] : [{ insertOne: { document: after } }];
    if (after.at === before.at && after.doc === before.doc) return [];
    const { _id, ...replacement } = after;
    return [{ replaceOne: { filter: { _id, at: { $eq: before.at } }, replacement } }];
  }

  /** How many were written. The order is free: each is about another document. */
  private async write(writes: readonly AnyBulkWriteOperation<DocumentRecord>[]): Promise<number> {
    try {
      const done = await this.connection.ask(() => this.documents.bulkWrite(writes, { ordered: false }));
      return done.insertedCount + done.matchedCount;
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) || !isDuplicate(error)) throw error;
      return error.result.insertedCount + error.result.matchedCount;
    }
  }
}

const folded = (before: Held, steps: readonly Step[]): Held => {
  let held = before;
  for (const { at, change } of steps)
    if (held.at <= at && (change.op !== 'patch' || held.doc !== null))
      held = { at, doc: applyChange(held.doc, change) };
  return held;
};

const stepsByKey = (batch: readonly PositionedChanges[]): ReadonlyMap<string, readonly Step[]> => {
  const steps = new Map<string, Step[]>();
  for (const { at, changes } of batch)
    for (const change of changes) {
      const known = steps.get(change.key);
      if (known) known.push({ at, change });
      else steps.set(change.key, [{ at, change }]);
    }
  return steps;
};
