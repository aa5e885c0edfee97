import type { Generation, PositionedChanges, ReadModelStore } from '../../src/application/ports/read-model-store.js';
import { MemoryReadModels } from '../../src/infrastructure/read-models/memory/memory-read-models.js';
import { below, withSeed } from '../support/random.js';
import { everything, randomEvents, runs, seedFrom } from './read-model-schedules.contract.js';

/** What is sure to be in the documents, whoever wrote it: an event may be written when everything before it is. */
interface Progress {
  applied: number;
}
interface Writer {
  readonly store: ReadModelStore;
  readonly generation: Generation;
  readonly events: readonly PositionedChanges[];
  readonly progress: Progress;
  readonly random: () => number;
}

const pause = (random: () => number): Promise<void> =>
  new Promise((resolve) => (random() < 0.5 ? setImmediate(resolve) : setTimeout(resolve, below(random, 4))));

const apply = async ({ store, generation, events, progress }: Writer, from: number, to: number): Promise<void> => {
  const batch = events.slice(from, to);
  await store.apply(generation, batch, batch.at(-1)?.at ?? 0);
  progress.applied = Math.max(progress.applied, Math.min(to, events.length));
};

/** One node: goes through the events in batches of its own cut, up to `end`. Now and then it begins again at the checkpoint, as after a crash. */
const project = async (writer: Writer, end: number): Promise<void> => {
  const { store, generation, events, random } = writer;
  for (let next = 0; next < end;) {
    if (random() < 0.2) {
      const checkpoint = await store.checkpoint(generation);
      next = events.filter(({ at }) => at <= checkpoint).length;
    }
    const to = Math.min(next + 1 + below(random, 6), end);
    await pause(random);
    await apply(writer, next, to);
    next = Math.max(next, to);
  }
};

/** A node that woke late: writes batches that others have long written, and some that they are writing just now. */
const wakeLate = async (writer: Writer, until: () => boolean): Promise<void> => {
  while (!until()) {
    const from = below(writer.random, writer.progress.applied + 1);
    await apply(writer, from, from + 1 + below(writer.random, 4));
    await pause(writer.random);
  }
};

export const describeWriters = (store: () => ReadModelStore): void => {
  describe(`writers at once, seeds from ${seedFrom} on (PARLEY_TEST_SEED=n runs from n)`, () => {
    it('end in what the events in order come to, whoever is ahead, behind, late or gone', async () => {
      for (const seed of runs)
        await withSeed(seed, async (random) => {
          const events = randomEvents(random);
          const end = events.at(-1)?.at ?? 0;
          const reference = new MemoryReadModels();
          await reference.prepare('things__g1');
          await reference.apply('things__g1', events, end);

          const generation: Generation = `writers-${seed}__g1`;
          await Promise.all([1, 2].map(() => store().prepare(generation, { terms: true })));
          const writer: Writer = { store: store(), generation, events, progress: { applied: 0 }, random };
          let ended = false;
          // The second one stops somewhere; the late one goes on to the very end, so that nobody repairs what it breaks.
          const late = wakeLate(writer, () => ended);
          await Promise.all([project(writer, events.length), project(writer, below(random, events.length))]);
          ended = true;
          await late;

          expect(await everything(store(), generation)).toEqual(await everything(reference, 'things__g1'));
          expect(await store().checkpoint(generation)).toBe(end);
          await store().drop(generation);
        });
    });

    it('that race for one batch write it as one of them alone does', async () => {
      for (const seed of runs)
        await withSeed(seed, async (random) => {
          const events = randomEvents(random);
          const generation: Generation = `race-${seed}__g1`;
          await store().prepare(generation, { terms: true });
          const reference = new MemoryReadModels();
          await reference.prepare('things__g1');
          const writer: Writer = { store: store(), generation, events, progress: { applied: 0 }, random };
          for (let next = 0; next < events.length;) {
            const old = below(random, next + 1);
            const to = next + 1 + below(random, 6);
            await Promise.all([
              apply(writer, next, to),
              apply(writer, old, old + 1 + below(random, 8)),
              apply(writer, next, next + 1 + below(random, 3)),
            ]);
            // Nobody goes on from here to repair anything: it must be right after every race.
            next = writer.progress.applied;
            const all = events.slice(0, next);
            await reference.apply('things__g1', all, all.at(-1)?.at ?? 0);
            expect(await everything(store(), generation)).toEqual(await everything(reference, 'things__g1'));
          }
          await store().drop(generation);
        });
    });
  });
};
