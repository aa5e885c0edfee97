import type {
  Generation,
  PositionedChanges,
  ReadModelStore,
  StoredDocument,
} from '../../src/application/ports/read-model-store.js';
import { MemoryReadModels } from '../../src/infrastructure/read-models/memory/memory-read-models.js';
import type { Change } from '../../src/projections/runtime/change.js';
import { below, pick, withSeed } from '../support/random.js';
import { patch, put, relist, remove } from './read-model-store.contract.js';

const KEYS = ['p/1', 'p/2', 'q/1', 'q/2'];
const NAMES = ['ada', 'bob', 'cy'];
const SEEDS = 25;
/** Set to run one schedule again. */
export const seedFrom = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000);
export const runs = Array.from({ length: SEEDS }, (_, n) => seedFrom + n);

const randomChange = (random: () => number): Change<object> => {
  const key = pick(random, KEYS);
  switch (below(random, 5)) {
    case 0:
      return remove(key);
    case 1:
      return put(key, { n: below(random, 100), terms: [pick(random, ['one', 'two', 'three'])] });
    case 2:
      return patch(key, { s: below(random, 100) });
    case 3:
      return relist(key, { names: [pick(random, NAMES)] }, { names: [pick(random, NAMES)] });
    default:
      return patch(key, { terms: [pick(random, ['one', 'two', 'three'])] }, { n: below(random, 100) });
  }
};

/** Ascending positions with gaps; some events change one document more than once. */
export const randomEvents = (random: () => number): PositionedChanges[] => {
  let at = 0;
  return Array.from({ length: 20 + below(random, 20) }, () => ({
    at: (at += 1 + below(random, 3)),
    changes: Array.from({ length: 1 + below(random, 3) }, () => randomChange(random)),
  }));
};

export const everything = async (store: ReadModelStore, generation: Generation): Promise<readonly StoredDocument[]> =>
  store.page(generation, { limit: 1_000, order: 'ascending' });

export const describeSchedules = (store: () => ReadModelStore): void => {
  describe(`random schedules, seeds from ${seedFrom} on (PARLEY_TEST_SEED=n runs from n)`, () => {
    it('end in what the events in order come to, however often and late a batch is applied again', async () => {
      for (const seed of runs)
        await withSeed(seed, async (random) => {
          const events = randomEvents(random);
          const end = events.at(-1)?.at ?? 0;
          const reference = new MemoryReadModels();
          await reference.prepare('things__g1');
          for (const event of events) await reference.apply('things__g1', [event], event.at);
          const expected = await everything(reference, 'things__g1');

          const generation: Generation = `run-${seed}__g1`;
          await store().prepare(generation, { terms: true });
          for (let next = 0; next < events.length;) {
            // Another runner, long paused, wakes and writes some old batch again.
            const from = below(random, next + 1);
            const late = events
              .slice(from, from + below(random, 6))
              .filter(({ at }) => at <= (events[next - 1]?.at ?? 0));
            await store().apply(generation, late, late.at(-1)?.at ?? 0);
            const batch = events.slice(next, next + 1 + below(random, 5));
            await store().apply(generation, batch, batch.at(-1)?.at ?? 0);
            next += batch.length;
          }
          await store().apply(generation, events, end);
          await store().apply(generation, events.slice(below(random, events.length)), end);
          expect(await everything(store(), generation)).toEqual(expected);
          expect(await store().checkpoint(generation)).toBe(end);
          for (const term of ['one', 't'])
            for (const order of ['ascending', 'descending'] as const) {
              const request = { limit: 2, order, before: pick(random, KEYS) };
              expect(await store().search(generation, [term], request)).toEqual(
                await reference.search('things__g1', [term], request),
              );
            }
          await store().drop(generation);
        });
    });
  });
};
