import type { Collection, Document, Filter, OptionalUnlessRequiredId, UpdateFilter } from 'mongodb';
import type { MongoConnection } from './mongo-connection.js';
import { isDuplicate } from './store-failure.js';

/** Documents in one question: a few milliseconds of a server's time. */
export const QUESTION_MAX = 200;

export const inChunks = <T>(all: readonly T[], size = QUESTION_MAX): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

/** Inserts the document if its `_id` and its unique values are free. Answers whether it did. */
export const insertNew = async <T extends Document>(
  connection: MongoConnection,
  collection: Collection<T>,
  document: OptionalUnlessRequiredId<T>,
): Promise<boolean> => {
  try {
    await connection.ask(() => collection.insertOne(document));
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};

/** Inserts those that are free, and leaves the others. */
export const insertAllNew = async <T extends Document>(
  connection: MongoConnection,
  collection: Collection<T>,
  documents: readonly OptionalUnlessRequiredId<T>[],
): Promise<void> => {
  for (const some of inChunks(documents))
    try {
      await connection.ask(() => collection.insertMany(some, { ordered: false }));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
};

/**
 * Writes where the guarded filter matches, or makes the document. One that is there and does not pass the guard stays: the server then refuses a
 * second one of its `_id`. So does it when two make the same document at once, and who lost tries once more, now that it is there.
 */
export const guardedUpsert = async <T extends Document>(
  connection: MongoConnection,
  collection: Collection<T>,
  filter: Filter<T>,
  update: UpdateFilter<T>,
): Promise<void> =>
  connection.ask(async () => {
    try {
      await collection.updateOne(filter, update, { upsert: true });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await collection.updateOne(filter, update);
    }
  });
