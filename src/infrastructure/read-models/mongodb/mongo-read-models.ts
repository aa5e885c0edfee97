import type { Position, StreamId } from '../../../application/ports/event-log.js';
import type { Lease, LeaseRequest, LeaseStore } from '../../../application/ports/lease-store.js';
import type {
  Generation,
  PageRequest,
  PositionedChanges,
  ReadModelStore,
  SearchRequest,
  Service,
  StoredDocument,
} from '../../../application/ports/read-model-store.js';
import type { Snapshot, SnapshotStore } from '../../../application/ports/snapshot-store.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { DocumentReads } from './document-reads.js';
import { DocumentWrites } from './document-writes.js';
import { Generations } from './generations.js';
import { Leases } from './leases.js';
import { Services } from './services.js';
import { Snapshots } from './snapshots.js';

/**
 * Read models in MongoDB, for many nodes that all project the same events. There are no transactions: the documents of a batch are written first and
 * its checkpoint after them. A crash in between leaves documents that are newer than the checkpoint says; the batch is applied again, and that
 * changes nothing. So a reader may see a part of a batch, but the checkpoint never promises more than is there.
 *
 * Every call may fail with `LogUnavailable`; an `apply` that did may have been carried out in part: apply it again.
 */
export class MongoReadModels implements ReadModelStore, SnapshotStore, LeaseStore {
  private readonly generations: Generations;
  private readonly services: Services;
  private readonly held: Leases;
  private readonly snapshots: Snapshots;

  private constructor(private readonly connection: MongoConnection) {
    this.generations = new Generations(connection);
    this.services = new Services(connection);
    this.held = new Leases(connection);
    this.snapshots = new Snapshots(connection);
  }

  /** The connection stays the caller's, to be closed after the store is no longer used. */
  static open(connection: MongoConnection): Promise<MongoReadModels> {
    return Promise.resolve(new MongoReadModels(connection)); // collections come into being with what is written first
  }

  async prepare(generation: Generation, { terms }: { readonly terms: boolean }): Promise<void> {
    await this.generations.prepare(generation, terms);
  }

  async apply(generation: Generation, batch: readonly PositionedChanges[], checkpoint: Position): Promise<void> {
    const { terms } = await this.generations.known(generation);
    await new DocumentWrites(this.connection, this.generations.documents(generation), terms).apply(batch);
    await this.generations.moveCheckpoint(generation, checkpoint);
  }

  async checkpoint(generation: Generation): Promise<Position> {
    return this.generations.checkpoint(generation);
  }

  async get<Doc extends object>(
    generation: Generation,
    keys: readonly string[],
  ): Promise<readonly StoredDocument<Doc>[]> {
    if (keys.length === 0) return [];
    return this.read(generation, (documents) => documents.get<Doc>(keys));
  }

  async page<Doc extends object>(
    generation: Generation,
    request: PageRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.read(generation, (documents) => documents.page<Doc>(request));
  }

  async search<Doc extends object>(
    generation: Generation,
    terms: readonly string[],
    request: SearchRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    if (terms.length === 0) return [];
    return this.read(generation, (documents) => documents.search<Doc>(terms, request));
  }

  async drop(generation: Generation): Promise<void> {
    await this.generations.drop(generation);
  }

  service(projection: string): Promise<Service | null> {
    return this.services.find(projection);
  }

  changeService(projection: string, next: Service): Promise<boolean> {
    return this.services.change(projection, next);
  }

  take(request: LeaseRequest): Promise<Lease> {
    return this.held.take(request);
  }

  release(name: string, holder: string): Promise<void> {
    return this.held.release(name, holder);
  }

  leases(prefix: string): Promise<readonly Lease[]> {
    return this.held.leases(prefix);
  }

  load(stream: StreamId): Promise<Snapshot | null> {
    return this.snapshots.load(stream);
  }

  save(stream: StreamId, snapshot: Snapshot): Promise<void> {
    return this.snapshots.save(stream, snapshot);
  }

  /** A collection that is not there is empty to MongoDB: only an answer that is empty needs the question whether the generation is there. */
  private read<Doc extends object>(
    generation: Generation,
    question: (documents: DocumentReads) => Promise<readonly StoredDocument<Doc>[]>,
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.connection.ask(async () => {
      const found = await question(new DocumentReads(this.connection, this.generations.documents(generation)));
      if (found.length === 0) await this.generations.known(generation);
      return found;
    });
  }
}
