import type { Message } from '../../domain/kernel/message.js';
import { categoryOf, streamId, type RecordedEvent, type StreamId } from '../ports/event-log.js';
import { ActorCell, CELL_DEFAULTS, type CellOptions, type CellPorts, type Known } from './actor-cell.js';
import {
  AGGREGATES,
  type Aggregate,
  type Aggregates,
  type CommandOf,
  type EventOf,
  type RejectionOf,
  type StateOf,
} from './aggregate.js';
import type { Answer, Envelope } from './answer.js';

type AnyCell = ActorCell<unknown, Message, Message, string>;
/** The table as the system sees it: it carries messages between typed callers and typed deciders and looks into neither. */
const TABLE = AGGREGATES as unknown as Readonly<Record<keyof Aggregates, Aggregate<unknown, Message, Message, string>>>;

export interface ActorSystemOptions extends CellOptions {
  /** Cells kept in memory; idle ones beyond that are dropped, the longest unused first. */
  readonly activeCells: number;
}

export const ACTOR_SYSTEM_DEFAULTS: ActorSystemOptions = { ...CELL_DEFAULTS, activeCells: 10_000 };

/** Finds the cell of an aggregate instance, or opens it. */
export class ActorSystem {
  /** In order of last use. */
  private readonly cells = new Map<StreamId, AnyCell>();

  constructor(
    private readonly ports: CellPorts,
    private readonly options: ActorSystemOptions = ACTOR_SYSTEM_DEFAULTS,
  ) {}

  /** Never rejects. Answers come in the order in which the commands to one instance were asked. */
  ask<K extends keyof Aggregates>(
    category: K,
    id: string,
    envelope: Envelope<CommandOf<K>>,
  ): Promise<Answer<EventOf<K>, RejectionOf<K>>> {
    const answer: Promise<unknown> = this.cell(category, id).ask(envelope);
    return answer as Promise<Answer<EventOf<K>, RejectionOf<K>>>;
  }

  /**
   * As `ask`, for a command that something outside of the aggregate must allow. What was accepted once keeps its answer when it comes again, though it
   * would not be allowed any more; `null`: it is not allowed, and was not accepted.
   */
  askIf<K extends keyof Aggregates>(
    allowed: boolean,
    category: K,
    id: string,
    envelope: Envelope<CommandOf<K>>,
  ): Promise<Answer<EventOf<K>, RejectionOf<K>> | null> {
    if (allowed) return this.ask(category, id, envelope);
    const answer: Promise<unknown> = this.cell(category, id).firstAnswer(envelope);
    return answer as Promise<Answer<EventOf<K>, RejectionOf<K>> | null>;
  }

  /** The state as this node knows it, loaded from the log if need be. Fails as `EventLog.read` does. */
  async state<K extends keyof Aggregates>(category: K, id: string): Promise<Known<StateOf<K>>> {
    const known = await this.cell(category, id).state();
    return { ...known, state: known.state as StateOf<K> };
  }

  /** Tells the cell of this stream, if there is one, what the log says. */
  observe(recorded: RecordedEvent): void {
    this.cells.get(recorded.stream)?.observe(recorded);
  }

  /** Cells in memory now. */
  get active(): number {
    return this.cells.size;
  }

  private cell(category: keyof Aggregates, id: string): AnyCell {
    const stream = streamId(category, id);
    let cell = this.cells.get(stream);
    if (cell) this.cells.delete(stream);
    else cell = new ActorCell(TABLE[category], stream, this.ports, this.options);
    this.cells.set(stream, cell);
    if (this.cells.size > this.options.activeCells) this.evict(stream);
    return cell;
  }

  private evict(justUsed: StreamId): void {
    for (const [stream, cell] of this.cells) {
      if (this.cells.size <= this.options.activeCells) return;
      if (stream !== justUsed && cell.idle) this.cells.delete(stream);
    }
  }
}

/** For whoever holds a stream name: the aggregate's id. */
export const idOf = (stream: StreamId): string => stream.slice(categoryOf(stream).length + 1);
