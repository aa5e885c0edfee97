import type { EventLog, LogSignal, Position, StreamCategory } from '../../application/ports/event-log.js';
import type { Generation, PositionedChanges, ReadModelStore } from '../../application/ports/read-model-store.js';
import { changesOf, type Projection } from './projection.js';

export interface BuildProgress {
  /** Up to here every event is in the documents. */
  readonly position: Position;
  /** Events read by this builder. */
  readonly events: number;
}

/** The build was told to stop. What it had is written: it goes on from there another time. */
export class BuildInterrupted extends Error {
  override readonly name = 'BuildInterrupted';
}

/** Events in one write, unless told otherwise. */
export const BUILD_BATCH = 5_000;

/**
 * Builds one generation of a projection from the log, as fast as log and store can, and holds it at the position where it was told to. One that
 * was interrupted goes on from its checkpoint.
 */
export class GenerationBuilder {
  private readonly signals: AsyncIterator<LogSignal>;
  private waiting: PositionedChanges[] = [];
  private taken = 0;
  private seen: Position;
  private stored: Position;
  private writing: Promise<void> = Promise.resolve();
  private events = 0;

  private constructor(
    readonly projection: Projection,
    readonly generation: Generation,
    log: EventLog,
    private readonly store: ReadModelStore,
    private readonly signal: AbortSignal,
    checkpoint: Position,
    private readonly report: (progress: BuildProgress) => void,
    private readonly batch: number,
  ) {
    this.seen = this.stored = checkpoint;
    this.signals = log
      .follow({
        after: checkpoint === 0 ? 'start' : checkpoint,
        categories: projection.categories as readonly StreamCategory[],
        signal,
      })
      [Symbol.asyncIterator]();
  }

  static async open(
    projection: Projection,
    generation: Generation,
    log: EventLog,
    store: ReadModelStore,
    signal: AbortSignal,
    report: (progress: BuildProgress) => void = () => undefined,
    batch = BUILD_BATCH,
  ): Promise<GenerationBuilder> {
    await store.prepare(generation, { terms: projection.terms });
    const checkpoint = await store.checkpoint(generation);
    report({ position: checkpoint, events: 0 });
    return new GenerationBuilder(projection, generation, log, store, signal, checkpoint, report, batch);
  }

  get position(): Position {
    return this.stored;
  }

  /** To the end of the log as it is when it gets there. */
  build(): Promise<void> {
    return this.pull((signal) => signal.kind === 'caught-up');
  }

  /** At least to this position, which must be in the log. */
  async advance(position: Position): Promise<void> {
    if (this.seen < position) await this.pull(() => this.seen >= position);
  }

  /** Lets go of the log. */
  async close(): Promise<void> {
    await this.signals.return?.();
  }

  private async pull(enough: (signal: LogSignal) => boolean): Promise<void> {
    for (;;) {
      const next = await this.signals.next();
      if (next.done) break;
      this.take(next.value);
      const done = enough(next.value);
      if (done || this.taken >= this.batch || this.signal.aborted) await this.flush();
      if (done) return this.writing;
      if (this.signal.aborted) break;
    }
    await this.flush();
    await this.writing;
    throw new BuildInterrupted(`stopped at position ${this.stored}`);
  }

  private take(signal: LogSignal): void {
    if (signal.kind === 'event') {
      const { position } = signal.event;
      const changes = changesOf(this.projection, signal.event);
      if (changes.length > 0) this.waiting.push({ at: position, changes });
      this.seen = position;
      this.taken++;
    } else if (signal.kind === 'scanned') {
      this.seen = signal.position;
      this.taken++;
    }
  }

  /** Starts the write when the one before it is done: while one is written the next is read. */
  private async flush(): Promise<void> {
    await this.writing;
    const { waiting, seen, taken } = this;
    if (seen <= this.stored) return;
    this.waiting = [];
    this.taken = 0;
    const write = async (): Promise<void> => {
      await this.store.apply(this.generation, waiting, seen);
      this.stored = seen;
      this.events += taken;
      this.report({ position: seen, events: this.events });
    };
    this.writing = write();
    this.writing.catch(() => undefined); // whoever awaits it next learns of it
  }
}
