import { randomUUID } from 'node:crypto';
import type { Decider } from '../../src/domain/kernel/decider.js';
import type { CommandId, EventId, UserId } from '../../src/domain/kernel/ids.js';
import type { Instant } from '../../src/domain/kernel/instant.js';
import type { Message } from '../../src/domain/kernel/message.js';
import type { ExpectedRevision, NewEvent, Revision, StreamId } from '../../src/application/ports/event-log.js';
import type { Engine } from '../../src/engine.js';

const LIMITS = {
  messageCodePoints: 8_000,
  titleCodePoints: 100,
  participants: 500,
  statusCodePoints: 100,
  favorites: 1_000,
  resendMs: 600_000,
};

/** Events in one append, and between two snapshots as the server makes them. */
const APPEND = 250;
const SNAPSHOT_EVERY = 500;
const SNAPSHOT_VERSION = 1;
const ATTEMPTS = 50;
const PASSING = new Set(['AppendOutcomeUnknown', 'LogUnavailable']);

export interface SeedTools {
  readonly engine: Engine;
  readonly uuidv5: (namespace: string, name: string) => string;
  /** Ascends with every call. */
  readonly now: () => Instant;
}

/** Writes one new stream with what its decider makes of commands, so that the log is one that the server could have written. */
export class StreamWriter<S, C extends Message, E extends Message, R extends string> {
  private state: S;
  private revision = -1;
  /** The append that is under way: the next events are decided meanwhile. */
  private written: Promise<Revision> = Promise.resolve(-1);
  private pending: NewEvent<E>[] = [];
  private snapshot: { readonly revision: number; readonly state: string } | null = null;

  constructor(
    private readonly tools: SeedTools,
    private readonly stream: StreamId,
    private readonly decider: Decider<S, C, E, R>,
  ) {
    this.state = decider.initialState;
  }

  /** The number of events so far. */
  get events(): number {
    return this.revision + 1;
  }

  /** Waits when it is time to append. */
  async tell(
    command: C,
    principal: UserId | 'system',
    commandId = randomUUID() as unknown as CommandId,
  ): Promise<void> {
    const context = { now: this.tools.now(), principal: principal as UserId, limits: LIMITS };
    const decision = this.decider.decide(command, this.state, context);
    if (decision.kind === 'rejected') throw new Error(`${command.type} was rejected: ${decision.rejection}`);
    decision.events.forEach((event, index) => {
      this.state = this.decider.evolve(this.state, event);
      this.revision++;
      const id = this.tools.uuidv5(commandId, String(index)) as EventId;
      const metadata = { commandId, causationId: commandId, correlationId: commandId, principal, node: 'bench' };
      this.pending.push({ id, event, metadata });
    });
    if (this.revision > 0 && this.revision % SNAPSHOT_EVERY === 0)
      this.snapshot = { revision: this.revision, state: JSON.stringify(this.state) };
    if (this.pending.length >= APPEND) await this.append();
  }

  async finish(): Promise<void> {
    await this.append();
    await this.written;
    if (this.snapshot)
      await this.tools.engine.snapshots.save(this.stream, { version: SNAPSHOT_VERSION, ...this.snapshot });
  }

  private async append(): Promise<void> {
    if (this.pending.length === 0) return;
    const events = this.pending;
    this.pending = [];
    const before = this.written;
    this.written = before.then(async (last) => {
      return this.appendForSure(events, last === -1 ? 'no-stream' : last);
    });
    this.written.catch(() => undefined); // whoever waits for it learns of it
    await before;
  }
  /** The log gives up on a disk or a core that others keep busy, long before a bench should. Repeating an append is harmless. */
  private async appendForSure(events: readonly NewEvent<E>[], expected: ExpectedRevision): Promise<Revision> {
    for (let attempt = 1; ; attempt++)
      try {
        return (await this.tools.engine.log.append(this.stream, events, expected)).revision;
      } catch (error) {
        const again = error instanceof Error && PASSING.has(error.name);
        if (!again || attempt === ATTEMPTS) throw error;
      }
  }
}
