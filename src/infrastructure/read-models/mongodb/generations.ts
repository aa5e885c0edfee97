import type { Collection } from 'mongodb';
import type { Position } from '../../../application/ports/event-log.js';
import type { Generation } from '../../../application/ports/read-model-store.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asNumber } from '../../mongodb/scalars.js';
import { insertNew } from '../../mongodb/writes.js';
import { generationName } from '../generation-name.js';
import type { DocumentRecord } from './document-record.js';

interface GenerationRecord {
  readonly _id: string;
  readonly checkpoint: number;
  /** Whether its documents are found by `search`. */
  readonly terms: boolean;
}

/** Which generations there are, and how far each is. The documents of each have a collection of its name. */
export class Generations {
  private readonly records: Collection<GenerationRecord>;

  constructor(private readonly connection: MongoConnection) {
    this.records = connection.collection('generations');
  }

  documents(generation: Generation): Collection<DocumentRecord> {
    return this.connection.collection<DocumentRecord>(generationName(generation));
  }

  /** Indexes first: what is known as prepared has them. */
  async prepare(generation: Generation, terms: boolean): Promise<void> {
    const documents = this.documents(generation);
    if (terms) await this.connection.ask(() => documents.createIndex({ terms: 1 }));
    await insertNew(this.connection, this.records, { _id: generationName(generation), checkpoint: 0, terms });
  }

  /** Fails for one that was never prepared, or was dropped. */
  async known(generation: Generation): Promise<GenerationRecord> {
    const found = await this.find(generation);
    if (!found) throw notPrepared(generation);
    return found;
  }

  async checkpoint(generation: Generation): Promise<Position> {
    return (await this.find(generation))?.checkpoint ?? 0;
  }

  /** Never back. A generation that was dropped meanwhile stays so: what its late writer left is removed again. */
  async moveCheckpoint(generation: Generation, checkpoint: Position): Promise<void> {
    const filter = { _id: generationName(generation) };
    const update = { $max: { checkpoint: asNumber(checkpoint) } };
    const { matchedCount } = await this.connection.ask(() => this.records.updateOne(filter, update));
    if (matchedCount === 1) return;
    await this.drop(generation);
    throw notPrepared(generation);
  }

  /** First it is known no more, then its documents go. */
  async drop(generation: Generation): Promise<void> {
    const filter = { _id: generationName(generation) };
    await this.connection.ask(() => this.records.deleteOne(filter));
    await this.connection.ask(() => this.documents(generation).drop());
  }

  private find(generation: Generation): Promise<GenerationRecord | null> {
    const filter = { _id: generationName(generation) };
    return this.connection.ask(() => this.records.findOne(filter));
  }
}

const notPrepared = (generation: Generation): Error => new Error(`no generation ${generation}: prepare it first`);
