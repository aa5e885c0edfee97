import { execFileSync } from 'node:child_process';
import { Helper } from '../helpers/helper.js';
import { Server } from '../server.js';
import type { Started } from '../started.js';
import type { Seeded, SeedPlan } from './plan.js';

export interface SeededFolder extends Seeded {
  readonly dataDir: string;
}

/** With fewer events than this, whoever starts a server on a copy has read models that are level in a moment. */
const LEVEL_FROM = 10_000;

/** Seeded data folders, the large ones with read models that are level with the log: each plan is written once, and copied for whoever asks. */
export class SeededFolders {
  private readonly originals = new Map<string, Promise<SeededFolder>>();

  constructor(
    private readonly started: Started,
    private readonly say: (words: string) => void,
  ) {}

  /** A copy of one's own. */
  async copy(plan: SeedPlan): Promise<SeededFolder> {
    const original = await this.original(plan);
    const dataDir = this.started.folder('data');
    execFileSync('cp', ['-r', '--reflink=auto', original.dataDir, dataDir]);
    return { ...original, dataDir };
  }

  private original(plan: SeedPlan): Promise<SeededFolder> {
    const key = JSON.stringify(plan);
    const made = this.originals.get(key) ?? this.make(plan);
    this.originals.set(key, made);
    return made;
  }

  private async make(plan: SeedPlan): Promise<SeededFolder> {
    const dataDir = this.started.folder('seed');
    const helper = Helper.start(this.started, 'seed/main');
    const from = performance.now();
    const seeded = await helper.call<Seeded>('seed', { dataDir, plan });
    await helper.stop();
    const written = performance.now();
    if (seeded.events >= LEVEL_FROM) await (await Server.start(this.started, dataDir)).stop();
    const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
    this.say(
      `seeded ${seeded.events} events in ${seconds(written - from)} s, projected in ${seconds(performance.now() - written)} s`,
    );
    return { ...seeded, dataDir };
  }
}
