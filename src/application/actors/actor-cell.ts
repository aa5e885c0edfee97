import type { CommandId, EventId } from '../../domain/kernel/ids.js';
import { asId } from '../../domain/kernel/ids.js';
import type { DecisionLimits } from '../../domain/kernel/decider.js';
import type { Message } from '../../domain/kernel/message.js';
import type { Clock } from '../ports/clock.js';
import {
  AppendOutcomeUnknown,
  LogUnavailable,
  RevisionConflict,
  type EventLog,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  type StreamId,
} from '../ports/event-log.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
import type { Aggregate } from './aggregate.js';
import type { Answer, Envelope, Refusal } from './answer.js';
import type { CellMemory } from './cell-memory.js';
import { readMemory } from './read-memory.js';
import { uuidv5 } from './uuid.js';
import { withinTime } from './within-time.js';

export interface CellOptions {
  /** Commands that may wait; one more is refused as `busy`. */
  readonly mailbox: number;
  /** Newest commands of the stream whose repetition is recognised. */
  readonly commandWindow: number;
  /** Commands decided for one append. */
  readonly batch: number;
  /** Events between two snapshots. */
  readonly snapshotEvery: number;
  /** From here on a command that has no answer yet is refused; its client tries again with the same id. */
  readonly answerMs: number;
  /** Lost races and unknown outcomes that one batch lives through. */
  readonly attempts: number;
}

export const CELL_DEFAULTS: CellOptions = {
  mailbox: 1_024,
  commandWindow: 1_024,
  batch: 64,
  snapshotEvery: 500,
  answerMs: 2_800,
  attempts: 6,
};

export interface CellPorts {
  readonly log: EventLog;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  readonly limits: DecisionLimits;
  readonly node: string;
  /** For the wait after a lost race, in [0, 1). */
  readonly random: () => number;
  /** Told of what an operator should know; never of contents. */
  readonly warn: (message: string, error: unknown) => void;
}

interface Letter<C extends Message, E extends Message, R extends string> {
  readonly envelope: Envelope<C>;
  readonly reply: (answer: Answer<E, R>) => void;
}

/** A state with the place of its newest event; revision -1 and position 0 where there is none. */
export interface Known<S> {
  readonly state: S;
  readonly revision: Revision;
  readonly position: Position;
}

/** What one command of a batch came to, before the append: an answer, or events that wait for it. */
type Plan<E extends Message, R extends string> =
  | { readonly kind: 'answer'; readonly answer: Answer<E, R> }
  | { readonly kind: 'events'; readonly events: readonly E[]; readonly from: number; readonly duplicate: boolean };

/**
 * One aggregate instance with a mailbox: one batch of commands at a time, several commands per append, answers in order of arrival.
 *
 * The single-writer rule is the log's expected revision, so a cell may live on several nodes at once. Lost race, unknown outcome and
 * defect take one path: forget, reload, look for the command ids, go on.
 */
export class ActorCell<S, C extends Message, E extends Message, R extends string> {
  private readonly mailbox: Letter<C, E, R>[] = [];
  private memory: CellMemory<S> | null = null;
  private loading: Promise<CellMemory<S>> | null = null;
  private running = false;
  /** Newest revision that the log is known to have. */
  private seen: Revision = -1;

  constructor(
    private readonly aggregate: Aggregate<S, C, E, R>,
    readonly stream: StreamId,
    private readonly ports: CellPorts,
    private readonly options: CellOptions,
  ) {}

  /** Never rejects: whatever happens is an answer. */
  ask(envelope: Envelope<C>): Promise<Answer<E, R>> {
    if (this.mailbox.length >= this.options.mailbox) return Promise.resolve(refused('busy'));
    return new Promise((reply) => {
      this.mailbox.push({ envelope, reply });
      if (!this.running) void this.run();
    });
  }

  /** Whether nothing is queued or under way, so that the cell may be dropped. */
  get idle(): boolean {
    return !this.running && this.loading === null;
  }

  /** The newest state this cell knows of, loading it if need be. Fails as `EventLog.read` does, or when the log is silent for too long. */
  async state(): Promise<Known<S>> {
    const known = this.current ?? (await withinTime(this.load(), this.options.answerMs, () => this.giveUp()));
    const { state, revision, position } = known;
    return { state, revision, position };
  }

  /** An event of this stream was seen in the log, perhaps written by another node. Keeps an idle cell up to date. */
  observe(recorded: RecordedEvent): void {
    this.seen = Math.max(this.seen, recorded.revision);
    const memory = this.memory;
    if (memory === null || this.running || recorded.revision !== memory.revision + 1) return;
    memory.adopt(this.aggregate.decider.evolve, [recorded as RecordedEvent<E>]);
  }

  /** The memory, unless the log is known to be ahead of it. */
  private get current(): CellMemory<S> | null {
    return this.memory !== null && this.memory.revision >= this.seen ? this.memory : null;
  }

  /** What is under way may still come to something, but this cell knows nothing of it any more. */
  private forget(): void {
    this.memory = null;
    this.loading = null;
  }

  private giveUp(): never {
    this.forget();
    throw new LogUnavailable('log_unavailable', `the log does not answer for ${this.stream}`);
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.mailbox.length > 0) {
      const batch = this.mailbox.splice(0, this.options.batch);
      const deadline = { passed: false };
      const work = this.process(batch, deadline).then(() => true);
      const settled = await withinTime(work, this.options.answerMs, () => false);
      if (settled) continue;
      deadline.passed = true;
      // The log is silent: who waits behind this batch would wait as long again.
      this.forget();
      for (const letter of [...batch, ...this.mailbox.splice(0)]) letter.reply(refused('log-unavailable'));
    }
    this.running = false;
  }

  private async process(batch: readonly Letter<C, E, R>[], deadline: { readonly passed: boolean }): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answers = await this.attempt(batch, deadline);
        batch.forEach((letter, index) => {
          letter.reply(answers[index] ?? refused('internal'));
        });
        return;
      } catch (error) {
        // After the deadline the memory belongs to whoever came next.
        if (!deadline.passed) this.memory = null;
        const again = error instanceof RevisionConflict || error instanceof AppendOutcomeUnknown;
        if (again && attempt < this.options.attempts && !deadline.passed) {
          await pause(this.ports.random() * 2 ** attempt);
          continue;
        }
        const refusal = refusalOf(error);
        if (refusal === 'internal' && batch.length > 1) {
          // A defect in one command must not fail those that happened to wait beside it.
          for (const letter of batch) await this.process([letter], deadline);
          return;
        }
        if (refusal === 'internal') this.ports.warn(`a command to ${this.stream} failed`, error);
        for (const letter of batch) letter.reply(refused(refusal));
        return;
      }
    }
  }

  private async attempt(
    batch: readonly Letter<C, E, R>[],
    deadline: { readonly passed: boolean },
  ): Promise<Answer<E, R>[]> {
    const memory = this.current ?? (await this.load());
    /** Of the very state that is decided on: what others write meanwhile must make the append fail. */
    const { expected } = memory;
    const fresh: NewEvent<E>[] = [];
    const plans: Plan<E, R>[] = [];
    /** Commands of this very batch, with the plan that they came to. */
    const planned = new Map<CommandId, Plan<E, R>>();
    let state = memory.state;
    for (const { envelope } of batch) {
      const twin = planned.get(envelope.commandId);
      const plan = twin
        ? this.repeat(envelope, twin)
        : ((await this.recall(memory, envelope)) ?? this.decide(envelope, state, fresh));
      if (plan.kind === 'events' && !plan.duplicate) for (const event of plan.events) state = this.evolve(state, event);
      planned.set(envelope.commandId, plan);
      plans.push(plan);
    }
    const position = memory.position;
    // Who was refused is not written behind their back.
    if (deadline.passed) throw new LogUnavailable('log_unavailable', 'too late');
    const recorded = fresh.length === 0 ? [] : await this.append(memory, fresh, expected);
    return plans.map((plan) => {
      if (plan.kind === 'answer') return plan.answer;
      const events = recorded.slice(plan.from, plan.from + plan.events.length);
      return { kind: 'accepted', events, position: events.at(-1)?.position ?? position, duplicate: plan.duplicate };
    });
  }

  private async append(
    memory: CellMemory<S>,
    fresh: readonly NewEvent<E>[],
    expected: ExpectedRevision,
  ): Promise<readonly RecordedEvent<E>[]> {
    const appended = await this.ports.log.append(this.stream, fresh, expected);
    const events = appended.events as readonly RecordedEvent<E>[];
    memory.adopt(this.aggregate.decider.evolve, events);
    this.maybeSnapshot(memory);
    return events;
  }

  private decide(
    { command, commandId, causationId = commandId, principal, correlationId }: Envelope<C>,
    state: S,
    fresh: NewEvent<E>[],
  ): Plan<E, R> {
    const { clock, limits } = this.ports;
    const context = { now: clock.now(), principal: asId<never>(principal), limits };
    const decision = this.aggregate.decider.decide(command, state, context);
    if (decision.kind === 'rejected') return { kind: 'answer', answer: decision };
    const from = fresh.length;
    decision.events.forEach((event, index) => {
      fresh.push({
        id: asId<EventId>(uuidv5(commandId, String(index))),
        event,
        metadata: { commandId, causationId, correlationId, principal, node: this.ports.node },
      });
    });
    return { kind: 'events', events: decision.events, from, duplicate: false };
  }

  /** The answer for a command that stands in the log already; `null` for a new one. */
  private async recall(memory: CellMemory<S>, { command, commandId }: Envelope<C>): Promise<Plan<E, R> | null> {
    const first = memory.revisionOf(commandId);
    if (first === undefined) return null;
    const events: RecordedEvent<E>[] = [];
    for await (const recorded of this.ports.log.read(this.stream, first - 1)) {
      if (recorded.metadata.commandId !== commandId) break;
      events.push(recorded as RecordedEvent<E>);
    }
    const same = this.aggregate.decider.produced(
      command,
      events.map(({ event }) => event),
    );
    if (!same) return { kind: 'answer', answer: refused('id-reused') };
    const position = events.at(-1)?.position ?? memory.position;
    return { kind: 'answer', answer: { kind: 'accepted', events, position, duplicate: true } };
  }

  /** The same id twice in one batch. */
  private repeat({ command }: Envelope<C>, twin: Plan<E, R>): Plan<E, R> {
    if (twin.kind === 'answer') {
      const answer = twin.answer;
      if (answer.kind !== 'accepted') return twin;
      const same = this.aggregate.decider.produced(
        command,
        answer.events.map(({ event }) => event),
      );
      return same ? twin : { kind: 'answer', answer: refused('id-reused') };
    }
    if (twin.events.length > 0 && !this.aggregate.decider.produced(command, twin.events))
      return { kind: 'answer', answer: refused('id-reused') };
    return { ...twin, duplicate: true };
  }

  private load(): Promise<CellMemory<S>> {
    if (this.loading) return this.loading;
    const loading: Promise<CellMemory<S>> = readMemory(
      this.aggregate,
      this.stream,
      this.ports,
      this.options.commandWindow,
    ).then(
      (memory) => {
        if (this.loading !== loading) return memory; // it came too late for this cell
        this.loading = null;
        this.memory = memory;
        // Something was written while it was read: once more.
        return this.current ?? this.load();
      },
      (error: unknown) => {
        if (this.loading === loading) this.loading = null;
        throw error;
      },
    );
    this.loading = loading;
    return loading;
  }

  private evolve(state: S, event: E): S {
    return this.aggregate.decider.evolve(state, event);
  }

  /** After the answer and without waiting: a snapshot that fails costs time at the next load, nothing else. */
  private maybeSnapshot(memory: CellMemory<S>): void {
    if (memory.revision - memory.snapshotRevision < this.options.snapshotEvery) return;
    memory.snapshotRevision = memory.revision;
    this.ports.snapshots
      .save(this.stream, {
        version: this.aggregate.snapshotVersion,
        revision: memory.revision,
        state: JSON.stringify(memory.state),
      })
      .catch((error: unknown) => {
        this.ports.warn(`no snapshot of ${this.stream}`, error);
      });
  }
}

const refused = (refusal: Refusal): { kind: 'refused'; refusal: Refusal } => ({ kind: 'refused', refusal });

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof LogUnavailable) return error.code === 'store_full' ? 'store-full' : 'log-unavailable';
  if (error instanceof AppendOutcomeUnknown) return 'log-unavailable';
  return error instanceof RevisionConflict ? 'busy' : 'internal';
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
