import type { Lease, LeaseRequest, LeaseStore } from '../../../application/ports/lease-store.js';
import type { Position, StreamId } from '../../../application/ports/event-log.js';
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
import { builtModule, SqliteThread } from '../../sqlite/sqlite-thread.js';
import { generationName } from '../generation-name.js';
import type { program } from './read-models-program.js';

/** Read models in one SQLite file. A power cut may lose the newest batches; their checkpoints are lost with them. */
export class SqliteReadModels implements ReadModelStore, SnapshotStore, LeaseStore {
  private constructor(private readonly thread: SqliteThread<typeof program>) {}

  static async open(file: string, options: { readonly guest?: boolean } = {}): Promise<SqliteReadModels> {
    const module = builtModule(import.meta.url, './read-models-program.js');
    return new SqliteReadModels(await SqliteThread.open<typeof program>({ program: module, file, ...options }));
  }

  async prepare(generation: Generation, { terms }: { readonly terms: boolean }): Promise<void> {
    await this.thread.write('prepare', { name: generationName(generation), terms });
  }

  async apply(generation: Generation, batch: readonly PositionedChanges[], checkpoint: Position): Promise<void> {
    await this.thread.write('apply', { name: generationName(generation), batch, checkpoint });
  }

  checkpoint(generation: Generation): Promise<Position> {
    return this.thread.read('checkpoint', generationName(generation));
  }

  async get<Doc extends object>(
    generation: Generation,
    keys: readonly string[],
  ): Promise<readonly StoredDocument<Doc>[]> {
    if (keys.length === 0) return [];
    return (await this.thread.read('get', { name: generationName(generation), keys })) as StoredDocument<Doc>[];
  }

  async page<Doc extends object>(
    generation: Generation,
    request: PageRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    return (await this.thread.read('page', { ...request, name: generationName(generation) })) as StoredDocument<Doc>[];
  }

  async search<Doc extends object>(
    generation: Generation,
    terms: readonly string[],
    request: SearchRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    if (terms.length === 0) return [];
    return (await this.thread.read('search', {
      ...request,
      name: generationName(generation),
      terms,
    })) as StoredDocument<Doc>[];
  }

  async drop(generation: Generation): Promise<void> {
    await this.thread.write('drop', generationName(generation));
  }

  service(projection: string): Promise<Service | null> {
    return this.thread.read('service', projection);
  }

  changeService(projection: string, next: Service): Promise<boolean> {
    return this.thread.write('changeService', { projection, next });
  }

  take(request: LeaseRequest): Promise<Lease> {
    return this.thread.write('takeLease', request);
  }

  async release(name: string, holder: string): Promise<void> {
    await this.thread.write('releaseLease', { name, holder });
  }

  leases(prefix: string): Promise<readonly Lease[]> {
    return this.thread.read('leases', prefix);
  }

  /** Frees every lease of these names. For whoever knows that their holders are gone: the folder's lock does. */
  async freeLeases(prefix: string): Promise<void> {
    await this.thread.write('freeLeases', prefix);
  }

  load(stream: StreamId): Promise<Snapshot | null> {
    return this.thread.read('loadSnapshot', stream);
  }

  async save(stream: StreamId, snapshot: Snapshot): Promise<void> {
    await this.thread.write('saveSnapshot', { ...snapshot, stream });
  }

  async close(): Promise<void> {
    await this.thread.close();
  }
}
