import type { PageRequest, Generation, ReadModelStore, StoredDocument } from '../ports/read-model-store.js';
import type { Position } from '../ports/event-log.js';

/** Reads the generation that serves. Queries name projections and never generations. */
export class ReadModels {
  private readonly serving = new Map<string, Generation>();

  constructor(private readonly store: ReadModelStore) {}

  /** From now on reads of the projection go to this generation. */
  serve(projection: string, generation: Generation): void {
    this.serving.set(projection, generation);
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
    limit: number,
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.store.search<Doc>(this.generation(projection), terms, limit);
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
