import type { Generation } from '../../src/application/ports/read-model-store.js';
import type { Message } from '../../src/domain/kernel/message.js';
import { MemoryReadModels } from '../../src/infrastructure/read-models/memory/memory-read-models.js';
import { changesOf, type Projection } from '../../src/projections/runtime/projection.js';
import { deepFreeze } from './decider-harness.js';
import { below, withSeed } from './random.js';

const GENERATION: Generation = 'tested__g1';

/** The documents by key. */
export type Documents<Doc extends object> = Readonly<Record<string, Doc>>;

/**
 * `given(events).then(documents)` for one projection; the first event stands at position 1. Each run also applies the events once more as a whole
 * and from a random place on, and expects the same documents: repeating is harmless.
 */
export const projectionHarness = <E extends Message, Doc extends object>(definition: Projection<E, Doc>) => {
  const table = definition as unknown as Projection;
  const run = async (events: readonly E[], expected: Documents<Doc>): Promise<void> => {
    const store = new MemoryReadModels();
    await store.prepare(GENERATION);
    const placed = deepFreeze(events.map((event, index) => ({ event, position: index + 1 })));
    const project = async (from: number): Promise<void> => {
      const batch = placed.slice(from).map((one) => ({ at: one.position, changes: changesOf(table, one) }));
      await store.apply(GENERATION, batch, placed.length);
    };
    const documents = async (): Promise<Documents<Doc>> => {
      const page = await store.page<Doc>(GENERATION, { limit: 10_000, order: 'ascending' });
      return Object.fromEntries(page.map(({ key, doc }) => [key, doc]));
    };
    await project(0);
    expect(await documents()).toEqual(expected);
    await project(0);
    expect(await documents()).toEqual(expected);
    await withSeed(Date.now() % 1_000_000, async (random) => {
      await project(below(random, events.length + 1));
      expect(await documents()).toEqual(expected);
    });
  };
  return {
    given: (...events: readonly E[]) => ({ then: (expected: Documents<Doc>): Promise<void> => run(events, expected) }),
  };
};
