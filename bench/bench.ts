import { rmSync } from 'node:fs';
import type { Measurement } from './figures.js';
import { Helper } from './helpers/helper.js';
import type { SeededFolder, SeededFolders } from './seed/seeded-folders.js';
import type { SeedPlan } from './seed/plan.js';
import { Server } from './server.js';
import type { Sizes } from './sizes.js';
import type { Started } from './started.js';

/** What every scenario works with. */
export interface Bench {
  readonly started: Started;
  readonly folders: SeededFolders;
  readonly sizes: Sizes;
  /** Progress, on standard error. */
  say(words: string): void;
  /** Something that must not happen: a smoke run fails by it. */
  problem(words: string): void;
}

export type Scenario = (bench: Bench) => Promise<Measurement[]>;

export interface Running {
  readonly folder: SeededFolder;
  readonly server: Server;
  readonly generator: Helper;
}

/** A server on a seeded folder of its own, and a load generator; both are ended afterwards, and the folder is removed. */
export const withServer = async (
  bench: Bench,
  plan: SeedPlan,
  work: (running: Running) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const folder = await bench.folders.copy(plan);
  const server = await Server.start(bench.started, folder.dataDir, environment);
  const generator = Helper.start(bench.started, 'load/main');
  try {
    await work({ folder, server, generator });
  } finally {
    await generator.stop();
    await server.stop();
    rmSync(folder.dataDir, { recursive: true, force: true });
  }
  if (/"level":(50|60|"error"|"fatal")/.test(server.words)) bench.problem(`the server logged ${server.words}`);
};

/** Each load once, then each once more, and so on: what disturbs a machine for a while disturbs every load alike. */
export const inRounds = async <Load>(
  rounds: number,
  loads: readonly Load[],
  run: (load: Load) => Promise<void>,
): Promise<void> => {
  for (let round = 0; round < rounds; round++) for (const load of loads) await run(load);
};
