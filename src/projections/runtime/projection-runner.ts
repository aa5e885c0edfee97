import {
  UndecodableEvent,
  type EventLog,
  type Position,
  type StreamCategory,
} from '../../application/ports/event-log.js';
import type { Generation, PositionedChanges, ReadModelStore } from '../../application/ports/read-model-store.js';
import { changesOf, type Projection } from './projection.js';

export interface RunnerStatus {
  readonly projection: string;
  readonly generation: Generation;
  /** Up to here every event is in the documents. */
  readonly position: Position;
  /** `retrying`: the store or the log does not answer. `stopped`: an event cannot be projected; see `reason`. */
  readonly state: 'running' | 'retrying' | 'stopped';
  readonly reason: string | null;
}

export interface RunnerOptions {
  /**
   * Events wait about this long for company before they are written, and are not even looked at meanwhile. Nothing on the live path waits for a read
   * model, so one wake-up, one write and one commit may serve many events.
   */
  readonly lingerMs: number;
  /** The same for events that change no document: only the checkpoint moves. */
  readonly idleMs: number;
  /** Events in one write. */
  readonly batch: number;
  /** Longest pause between two tries while the store or the log is away. */
  readonly retryMs: number;
}

const FIRST_PAUSE_MS = 50;
/** After a pause: time to take what has come, before it is written. */
const GATHER_MS = 5;

export const RUNNER_DEFAULTS: RunnerOptions = { lingerMs: 300, idleMs: 1_000, batch: 500, retryMs: 2_000 };

/** Keeps one generation of one projection level with the log. Nothing is skipped: what cannot be projected stops it, with place and reason. */
export class ProjectionRunner {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private state: RunnerStatus['state'] = 'running';
  private reason: string | null = null;
  /** Written to the store. */
  private stored: Position = 0;
  /** Taken from the log, and waiting. */
  private seen: Position = 0;
  private waiting: PositionedChanges[] = [];
  /** Writes what was taken, soon. */
  private gathering: NodeJS.Timeout | null = null;
  /** At the end of the log, where a pause costs nobody time. */
  private live = false;
  /** The pause before the present gathering was made. */
  private lingered = false;
  /** Ends the present pause. */
  private hurry: (() => void) | null = null;
  private writing: Promise<void> = Promise.resolve();
  private failure: unknown = null;
  /** Before the next try. */
  private pauseMs = FIRST_PAUSE_MS;
  /** It will write nothing more. */
  private over = false;
  /** The newest write failed. */
  private storeFailed = false;
  /** Ends the present follow, to start again from the checkpoint. */
  private following = new AbortController();
  private watchers: { readonly position: Position; readonly resolve: () => void }[] = [];

  constructor(
    readonly projection: Projection,
    readonly generation: Generation,
    private readonly log: EventLog,
    private readonly store: ReadModelStore,
    private readonly options: RunnerOptions = RUNNER_DEFAULTS,
  ) {}

  /** Resolves when the generation is ready to be read, at whatever position it has. */
  async start(): Promise<void> {
    await this.store.prepare(this.generation, { terms: this.projection.terms });
    this.stored = await this.store.checkpoint(this.generation);
    this.running = this.run().finally(() => {
      this.over = true;
      for (const { resolve } of this.watchers.splice(0)) resolve();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  get status(): RunnerStatus {
    const { projection, generation, stored, state, reason } = this;
    return { projection: projection.name, generation, position: stored, state, reason };
  }

  /** Resolves when the documents hold everything up to the position; or when it will write nothing more: look at `status` then. */
  reached(position: Position): Promise<void> {
    if (this.stored >= position || this.over) return Promise.resolve();
    if (this.hurry) this.hurry();
    else void this.flush();
    return new Promise((resolve) => this.watchers.push({ position, resolve }));
  }

  private stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    for (; !this.stopped(); this.pauseMs = Math.min(this.pauseMs * 2, this.options.retryMs)) {
      try {
        this.seen = this.stored;
        this.waiting = [];
        this.failure = null;
        await this.follow();
      } catch (error) {
        if (this.stopped()) return;
        this.reason = error instanceof Error ? error.message : String(error);
        // It stops only when everything before the event is in the store; until then it comes to it once more.
        if (this.failure === null && (error instanceof UndecodableEvent || error instanceof NotProjectable)) {
          this.state = 'stopped';
          return;
        }
        this.state = 'retrying';
        await this.pause(this.pauseMs);
      }
    }
  }

  private async follow(): Promise<void> {
    this.following = new AbortController();
    this.live = this.lingered = false;
    const signals = this.log.follow({
      after: this.stored === 0 ? 'start' : this.stored,
      categories: this.projection.categories as readonly StreamCategory[],
      signal: AbortSignal.any([this.stopping.signal, this.following.signal]),
    });
    try {
      for await (const signal of signals) {
        if (signal.kind === 'event') this.take(signal.event.position, () => changesOf(this.projection, signal.event));
        else if (signal.kind === 'scanned') this.take(signal.position, () => []);
        else if (signal.kind === 'fell-behind') this.live = false;
        else {
          this.live = true;
          this.well();
        }
        if (this.waiting.length >= this.options.batch || this.isAwaited()) await this.flush();
        else if (this.gathering === null && this.seen > this.stored) await this.gather();
      }
    } finally {
      this.gatherNoMore();
      // What was taken before the stop or the poison is good, and is kept.
      if (this.failure === null) await this.flush();
    }
    if (this.failure !== null) throw this.failure as Error;
  }

  private take(position: Position, changes: () => PositionedChanges['changes']): void {
    try {
      const made = changes();
      if (made.length > 0) this.waiting.push({ at: position, changes: made });
    } catch (error) {
      throw new NotProjectable(`at position ${position}: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.seen = position;
  }

  /** It is at the end of the log. A store that failed must have taken a write first: there is one, because one had failed. */
  private well(): void {
    if (this.storeFailed || !this.live) return;
    this.state = 'running';
    this.reason = null;
    this.pauseMs = FIRST_PAUSE_MS;
  }

  /** Whether somebody waits for what was taken. */
  private isAwaited(): boolean {
    return this.watchers.some(({ position }) => position <= this.seen);
  }

  /** What comes in the next moment is written together. */
  private async gather(): Promise<void> {
    if (this.live && !this.lingered) await this.linger();
    this.gathering = setTimeout(() => {
      this.lingered = false;
      void this.flush();
    }, GATHER_MS);
  }

  /** Leaves the log alone for a while, unless somebody is waiting. */
  private linger(): Promise<void> {
    this.lingered = true;
    if (this.watchers.length > 0) return Promise.resolve();
    return this.pause(this.waiting.length > 0 ? this.options.lingerMs : this.options.idleMs, true);
  }

  private gatherNoMore(): void {
    if (this.gathering) clearTimeout(this.gathering);
    this.gathering = null;
  }

  /** Writes what waits, after what is being written. A failure surfaces in `follow` and restarts from the checkpoint. */
  private flush(): Promise<void> {
    this.gatherNoMore();
    this.writing = this.writing.then(async () => {
      const { waiting, seen } = this;
      if (seen <= this.stored || this.failure !== null) return;
      this.waiting = [];
      try {
        await this.store.apply(this.generation, waiting, seen);
        this.stored = seen;
        this.storeFailed = false;
        this.well();
        this.wake();
      } catch (error) {
        this.failure = error;
        this.storeFailed = true;
        this.following.abort();
      }
    });
    return this.writing;
  }

  private wake(): void {
    if (this.watchers.length === 0) return;
    const due = this.watchers.filter(({ position }) => position <= this.stored);
    this.watchers = this.watchers.filter(({ position }) => position > this.stored);
    for (const { resolve } of due) resolve();
  }

  /** `hurried`: whoever waits for a position may end it. */
  private pause(ms: number, hurried = false): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.stopping;
      const ended = this.following.signal;
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        ended.removeEventListener('abort', done);
        this.hurry = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (hurried) this.hurry = done;
      signal.addEventListener('abort', done);
      ended.addEventListener('abort', done);
    });
  }
}

/** The table itself failed on an event: a defect, and no retry will help. */
class NotProjectable extends Error {
  override readonly name = 'NotProjectable';
}
