import { withinTime } from '../actors/within-time.js';
import type {
  PageRequest,
  Generation,
  ReadModelStore,
  SearchRequest,
  StoredDocument,
} from '../ports/read-model-store.js';
import type { Position } from '../ports/event-log.js';

/** How long a read waits for a projection that is behind. */
const LEVEL_MS = 2_000;

/** A read model does not hold yet what the reader must find in it. */
export class ReadModelBehind extends Error {
  override readonly name = 'ReadModelBehind';
}

/** Brings one projection level; `ProjectionRunner` does. */
export interface Leveller {
  reached(position: Position): Promise<void>;
  readonly status: { readonly state: string };
}

/** Reads the generation that serves. Queries name projections and never generations. */
export class ReadModels {
  private readonly serving = new Map<string, Generation>();
  private readonly levellers = new Map<string, Leveller>();

  constructor(private readonly store: ReadModelStore) {}

  /** From now on reads of the projection go to this generation. */
  serve(projection: string, generation: Generation, leveller: Leveller): void {
    this.serving.set(projection, generation);
    this.levellers.set(projection, leveller);
  }

  /**
   * Resolves when the projection holds everything up to the position, so that a reader finds what they know was written. One that stopped is
   * read as it is. Fails with `ReadModelBehind` after two seconds.
   */
  async level(projection: string, position: Position): Promise<void> {
    const leveller = this.levellers.get(projection);
    if (!leveller || leveller.status.state === 'stopped') return;
    await withinTime(leveller.reached(position), LEVEL_MS, () => {
      throw new ReadModelBehind(`${projection} is not at position ${position} yet`);
    });
  }

  get<Doc extends object>(projection: string, keys: readonly string[]): Promise<readonly StoredDocument<Doc>[]> {
    return keys.length === 0 ? Promise.resolve([]) : this.store.get<Doc>(this.generation(projection), keys);
  }

  page<Doc extends object>(projection: string, request: PageRequest): Promise<readonly StoredDocument<Doc>[]> {
    return this.store.page<Doc>(this.generation(projection), request);
  }

  search<Doc extends object>(
    projection: string,
    terms: readonly string[],
    request: SearchRequest,
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.store.search<Doc>(this.generation(projection), terms, request);
  }

  /** Position up to which all of these projections hold every event. Read it before the documents that it is meant for. */
  async checkpoint(projections: readonly string[]): Promise<Position> {
    const all = await Promise.all(projections.map((name) => this.store.checkpoint(this.generation(name))));
    return Math.min(...all);
  }

  private generation(projection: string): Generation {
    const generation = this.serving.get(projection);
    if (!generation) throw new Error(`projection ${projection} has no generation yet`);
    return generation;
  }
}
