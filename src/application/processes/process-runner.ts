import { asId, type CommandId } from '../../domain/kernel/ids.js';
import type { ActorSystem } from '../actors/actor-system.js';
import type { Aggregates, EventOf } from '../actors/aggregate.js';
import { uuidv5 } from '../actors/uuid.js';
import type { Clock } from '../ports/clock.js';
import { streamId, type EventLog, type Position, type RecordedEvent } from '../ports/event-log.js';
import type { LeaseStore } from '../ports/lease-store.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
import { LeaseHeld, withLease } from '../read-models/held-lease.js';
import { intentOf, type Intent, type Process } from './process.js';

export type ProcessActors = Pick<ActorSystem, 'ask' | 'observe'>;

export interface ProcessParts {
  readonly log: EventLog;
  /**
   * Cells of the process's own, new each time that it begins. What a message changes nothing in is never appended, so no lost race would show that a
   * cell was behind: these know the log at the beginning, and everything that the process saw since.
   */
  readonly actors: () => ProcessActors;
  /** Keeps the checkpoint. One that is lost is harmless: the process begins anew, and finds everything done. */
  readonly snapshots: SnapshotStore;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  /** Name of this node, different from every other's. */
  readonly node: string;
  /** Told of what an operator should know; never of contents. */
  readonly warn: (message: string, error: unknown) => void;
  readonly options?: ProcessOptions;
}

export interface ProcessOptions {
  /** Pause before the first repetition, and the longest one. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** How often a node that stands by looks whether the one that works is still there. */
  readonly standByMs: number;
}

const DEFAULTS: ProcessOptions = { firstPauseMs: 20, longestPauseMs: 2_000, standByMs: 1_000 };
/** Events and scans without an intent between two checkpoints. */
const IDLE_SIGNALS = 1_000;
/** How often an ask that fails for a defect is repeated before the others are let past it. */
const DEFECTS = 5;
const CHECKPOINT_VERSION = 1;

export const processLease = (name: string): string => `process:${name}`;

/**
 * Has a process done, event by event in the order of the log: an intent is asked until it is answered, and only then the checkpoint moves. So each is
 * asked at least once; the command's id follows from the event, so that asking again changes nothing. One node works and the others stand by; two that
 * work at once are harmless.
 */
export class ProcessRunner<K extends keyof Aggregates> {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly options: ProcessOptions;
  /** What was said last of why it does not work: once is enough. */
  private said = '';
  private pauseMs: number;
  /** Everything up to here was answered. */
  private position: Position = 0;

  constructor(
    private readonly process: Process<K>,
    private readonly parts: ProcessParts,
  ) {
    this.options = parts.options ?? DEFAULTS;
    this.pauseMs = this.options.firstPauseMs;
  }

  /** Begins, or stands by. Waits for a log or a store that does not answer. */
  start(): void {
    this.running = this.run();
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { leases, clock, node: holder } = this.parts;
    const { signal } = this.stopping;
    const lease = processLease(this.process.name);
    const note = (): string => JSON.stringify({ position: this.position });
    while (!signal.aborted) {
      try {
        await withLease({ leases, clock, holder }, lease, note, (lost) => this.follow(AbortSignal.any([signal, lost])));
      } catch (error) {
        if (error instanceof LeaseHeld) await this.pause(this.options.standByMs, signal);
        else await this.recover(error, signal);
      }
    }
  }

  private async recover(error: unknown, signal: AbortSignal): Promise<void> {
    const words = error instanceof Error ? error.message : String(error);
    if (words !== this.said && !signal.aborted) this.warn('waits', error);
    this.said = words;
    await this.pause(this.pauseMs, signal);
    this.pauseMs = Math.min(this.pauseMs * 2, this.options.longestPauseMs);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    this.position = await this.checkpoint();
    let saved = this.position;
    let idle = 0;
    const save = async (): Promise<void> => {
      if (this.position > saved) await this.save();
      saved = this.position;
      idle = 0;
    };
    const { category } = this.process;
    const actors = this.parts.actors();
    const after = this.position === 0 ? 'start' : this.position;
    for await (const seen of this.parts.log.follow({ after, categories: [category], signal })) {
      if (seen.kind === 'caught-up') {
        this.said = '';
        this.pauseMs = this.options.firstPauseMs;
      } else if (seen.kind === 'event') {
        const recorded = seen.event as RecordedEvent<EventOf<K>>;
        actors.observe(recorded);
        const intent = intentOf(this.process, recorded.event);
        if (intent && !(await this.ask(actors, intent, recorded, signal))) return;
        this.position = recorded.position;
        if (intent || ++idle >= IDLE_SIGNALS) await save();
      } else if (seen.kind === 'scanned') {
        this.position = seen.position;
        if (++idle >= IDLE_SIGNALS) await save();
      }
    }
    await save();
  }

  /** Whether it was answered; not when the signal came first. */
  private async ask(
    actors: ProcessActors,
    { of, command }: Intent<K>,
    { id, stream, metadata }: RecordedEvent,
    signal: AbortSignal,
  ): Promise<boolean> {
    const commandId = asId<CommandId>(uuidv5(id, this.process.name));
    const { correlationId } = metadata;
    let defects = 0;
    for (
      let wait = this.options.firstPauseMs;
      !signal.aborted;
      wait = Math.min(wait * 2, this.options.longestPauseMs)
    ) {
      const envelope = { command, commandId, causationId: id, principal: 'system', correlationId } as const;
      const answer = await actors.ask(this.process.category, of, envelope);
      if (answer.kind === 'accepted') return true;
      const why = answer.kind === 'rejected' ? answer.rejection : answer.refusal;
      const over = answer.kind === 'rejected' || why === 'id-reused' || (why === 'internal' && ++defects >= DEFECTS);
      if (over) {
        this.warn(`was told ${why} for event ${id} of ${stream}, and goes on`, null);
        return true;
      }
      await this.pause(wait, signal);
    }
    return false;
  }

  /** Where to go on. A log that was restored to an earlier day is shorter than its checkpoint: then everything is looked at once more. */
  private async checkpoint(): Promise<Position> {
    const stored = await this.parts.snapshots.load(this.checkpointName);
    if (stored?.version !== CHECKPOINT_VERSION) return 0;
    return stored.revision <= (await this.parts.log.head()) ? stored.revision : 0;
  }

  private save(): Promise<void> {
    const checkpoint = { version: CHECKPOINT_VERSION, revision: this.position, state: 'null' };
    return this.parts.snapshots.save(this.checkpointName, checkpoint);
  }

  /** No aggregate's id looks like this. */
  private get checkpointName() {
    return streamId(this.process.category, processLease(this.process.name));
  }

  private warn(words: string, error: unknown): void {
    this.parts.warn(`process ${this.process.name} ${words}`, error);
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, signal.aborted ? 0 : ms);
      signal.addEventListener('abort', done);
    });
  }
}
