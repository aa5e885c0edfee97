import type { Clock } from '../../../application/ports/clock.js';
import type { StreamCategory } from '../../../application/ports/event-log.js';
import type { Retention } from '../../../application/ports/event-retention.js';
import type { SqliteThread } from '../../sqlite/sqlite-thread.js';
import type { program } from './log-program.js';
import type { PruneResult } from './prune-program.js';

export interface PruningTimes {
  /** Milliseconds from the opening to the first pass, and from pass to pass. */
  readonly firstMs: number;
  readonly everyMs: number;
  /** Between two steps of a pass, for appends. */
  readonly pauseMs: number;
  /** Streams looked at, and events deleted, in one step. */
  readonly streams: number;
  readonly most: number;
}

export const PRUNING_TIMES: PruningTimes = {
  firstMs: 60_000,
  everyMs: 3_600_000,
  pauseMs: 50,
  streams: 200,
  most: 200,
};

/**
 * Deletes what is too old, again and again. A pass goes through all streams of each category in small steps; a step shares the transaction of the
 * appends of its moment. What a crash or a failing disk leaves undone, the next pass does.
 */
export class Pruning {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<number> | null = null;
  private stopped = false;

  constructor(
    private readonly thread: SqliteThread<typeof program>,
    private readonly retention: Retention,
    private readonly clock: Clock,
    private readonly times: PruningTimes,
    /** After a pass that deleted something. */
    private readonly onDeleted: () => void,
  ) {}

  start(): void {
    this.wait(this.times.firstMs);
  }

  /** One pass, or the one that is under way. Resolves with the number of events it deleted. */
  pass(): Promise<number> {
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running?.catch(() => undefined);
  }

  private wait(ms: number): void {
    this.timer = setTimeout(() => {
      // Whatever failed: who appends is told of it, and the next pass tries again.
      void this.pass()
        .catch(() => undefined)
        .then(() => {
          if (!this.stopped) this.wait(this.times.everyMs);
        });
    }, ms).unref();
  }

  private async run(): Promise<number> {
    const now = this.clock.now();
    let deleted = 0;
    try {
      for (const [category, keptMs] of Object.entries(this.retention) as [StreamCategory, number][])
        for await (const count of this.steps(category, now - keptMs)) deleted += count;
    } finally {
      if (deleted > 0) this.onDeleted();
    }
    return deleted;
  }

  private async *steps(category: StreamCategory, before: number): AsyncGenerator<number> {
    const { streams, most, pauseMs } = this.times;
    let from: string | null = '';
    while (from !== null && !this.stopped) {
      const step: PruneResult = await this.thread.write('prune', { category, before, from, streams, most });
      yield step.deleted;
      from = step.next;
      if (from !== null) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
