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
import { asInstant } from '../../../domain/kernel/instant.js';
import { applyChange } from '../../../projections/runtime/change.js';
import { generationName } from '../generation-name.js';

interface Built {
  checkpoint: Position;
  /** `doc: null` is a tombstone. */
  readonly documents: Map<string, { at: Position; doc: object | null }>;
}

/** Read models as the port defines them, in memory: the reference that tests compare with. Nothing is kept. */
export class MemoryReadModels implements ReadModelStore, SnapshotStore, LeaseStore {
  private readonly generations = new Map<string, Built>();
  private readonly services = new Map<string, Service>();
  private readonly held = new Map<string, Lease>();
  private readonly snapshots = new Map<string, Snapshot>();

  prepare(generation: Generation): Promise<void> {
    const name = generationName(generation);
    if (!this.generations.has(name)) this.generations.set(name, { checkpoint: 0, documents: new Map() });
    return Promise.resolve();
  }

  async apply(generation: Generation, batch: readonly PositionedChanges[], checkpoint: Position): Promise<void> {
    const built = await this.built(generation);
    for (const { at, changes } of batch)
      for (const change of changes) {
        const before = built.documents.get(change.key);
        if ((before && before.at > at) || (change.op === 'patch' && !before?.doc)) continue;
        built.documents.set(change.key, { at, doc: structuredClone(applyChange(before?.doc ?? null, change)) });
      }
    built.checkpoint = Math.max(built.checkpoint, checkpoint);
  }

  checkpoint(generation: Generation): Promise<Position> {
    return Promise.resolve(this.generations.get(generation)?.checkpoint ?? 0);
  }

  async get<Doc extends object>(
    generation: Generation,
    keys: readonly string[],
  ): Promise<readonly StoredDocument<Doc>[]> {
    const all = await this.all<Doc>(generation);
    return copyOf(all.filter(({ key }) => keys.includes(key)));
  }

  async page<Doc extends object>(
    generation: Generation,
    request: PageRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    const { partition, after, before, limit, order } = request;
    const found = (await this.all<Doc>(generation)).filter(
      ({ key }) =>
        (partition === undefined || key.startsWith(`${partition}/`)) &&
        (after === undefined || key > after) &&
        (before === undefined || key < before),
    );
    if (order === 'descending') found.reverse();
    return copyOf(found.slice(0, limit));
  }

  async search<Doc extends object>(
    generation: Generation,
    terms: readonly string[],
    { limit, order, after, before }: SearchRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    const whole = terms.slice(0, -1);
    const prefix = terms.at(-1);
    if (prefix === undefined) return [];
    const found = (await this.all<Doc>(generation)).filter(({ key, doc }) => {
      if ((before !== undefined && key >= before) || (after !== undefined && key <= after)) return false;
      const has = (doc as { terms?: readonly string[] }).terms ?? [];
      return whole.every((term) => has.includes(term)) && has.some((term) => term.startsWith(prefix));
    });
    if (order === 'descending') found.reverse();
    return copyOf(found.slice(0, limit));
  }

  drop(generation: Generation): Promise<void> {
    this.generations.delete(generation);
    return Promise.resolve();
  }

  service(projection: string): Promise<Service | null> {
    return Promise.resolve(this.services.get(projection) ?? null);
  }

  changeService(projection: string, next: Service): Promise<boolean> {
    const changes = (this.services.get(projection)?.revision ?? 0) + 1 === next.revision;
    if (changes) this.services.set(projection, next);
    return Promise.resolve(changes);
  }

  take({ name, holder, now, until, note }: LeaseRequest): Promise<Lease> {
    const before = this.held.get(name);
    if (before && before.holder !== holder && before.until > now) return Promise.resolve(before);
    const token = before ? before.token + (before.holder === holder ? 0 : 1) : 1;
    const lease = { name, holder, token, until, note };
    this.held.set(name, lease);
    return Promise.resolve(lease);
  }

  release(name: string, holder: string): Promise<void> {
    const before = this.held.get(name);
    if (before?.holder === holder) this.held.set(name, { ...before, until: asInstant(0) });
    return Promise.resolve();
  }

  leases(prefix: string): Promise<readonly Lease[]> {
    const found = [...this.held.values()].filter(({ name }) => name.startsWith(prefix));
    return Promise.resolve(found.sort((one, other) => (one.name < other.name ? -1 : 1)));
  }

  load(stream: StreamId): Promise<Snapshot | null> {
    return Promise.resolve(this.snapshots.get(stream) ?? null);
  }

  save(stream: StreamId, snapshot: Snapshot): Promise<void> {
    const before = this.snapshots.get(stream);
    if (!before || before.revision <= snapshot.revision) this.snapshots.set(stream, snapshot);
    return Promise.resolve();
  }

  private built(generation: Generation): Promise<Built> {
    const built = this.generations.get(generation);
    return built ? Promise.resolve(built) : Promise.reject(new Error(`no generation ${generation}: prepare it first`));
  }

  /** In order of key; still the store's own objects: see `copyOf`. */
  private async all<Doc extends object>(generation: Generation): Promise<StoredDocument<Doc>[]> {
    const { documents } = await this.built(generation);
    return [...documents]
      .flatMap(([key, { at, doc }]) => (doc === null ? [] : [{ key, at, doc: doc as Doc }]))
      .sort((one, other) => (one.key < other.key ? -1 : 1));
  }
}

const copyOf = <Doc extends object>(found: readonly StoredDocument<Doc>[]): StoredDocument<Doc>[] =>
  structuredClone(found) as StoredDocument<Doc>[];
