import {
  STREAM_CATEGORIES,
  type EventLog,
  type FollowOptions,
  type LogSignal,
  type Position,
  type RecordedEvent,
} from '../../src/application/ports/event-log.js';
import { eventually } from './eventually.js';

/** Follows a log in the background and keeps what it was told. */
export class LogFollower {
  readonly signals: LogSignal[] = [];
  failure: unknown = null;
  ended = false;
  private readonly controller = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    log: EventLog,
    options: Partial<Omit<FollowOptions, 'signal'>> = {},
    private readonly onSignal: (signal: LogSignal) => void | Promise<void> = () => undefined,
  ) {
    const { after = 'start', categories = STREAM_CATEGORIES } = options;
    this.running = this.run(log.follow({ after, categories, signal: this.controller.signal }));
  }

  get events(): RecordedEvent[] {
    return this.signals.flatMap((signal) => (signal.kind === 'event' ? [signal.event] : []));
  }

  get positions(): Position[] {
    return this.events.map(({ position }) => position);
  }

  get kinds(): LogSignal['kind'][] {
    return this.signals.map(({ kind }) => kind);
  }

  /** Up to here the follower was told of everything. */
  get position(): Position {
    const places = this.signals.flatMap((signal) =>
      signal.kind === 'event' ? [signal.event.position] : signal.kind === 'scanned' ? [signal.position] : [],
    );
    return places.at(-1) ?? 0;
  }

  async has(count: number): Promise<void> {
    await eventually(`${count} events`, () => this.events.length >= count || this.failed(), {
      found: () => this.positions.length,
    });
  }

  async caughtUp(): Promise<void> {
    await eventually('caught up', () => this.signals.at(-1)?.kind === 'caught-up' || this.failed(), {
      found: () => this.kinds.slice(-5),
    });
  }

  async reached(position: Position): Promise<void> {
    await eventually(`position ${position}`, () => this.position >= position || this.failed(), {
      found: () => this.position,
    });
  }

  /** Resolves when the iteration has ended by itself. */
  async over(): Promise<void> {
    await eventually('the end of the iteration', () => this.ended);
  }

  async stop(): Promise<void> {
    this.controller.abort();
    await this.over();
    await this.running;
  }

  private failed(): boolean {
    if (this.failure !== null) throw this.failure as Error;
    return false;
  }

  private async run(signals: AsyncIterable<LogSignal>): Promise<void> {
    try {
      for await (const signal of signals) {
        this.signals.push(signal);
        await this.onSignal(signal);
      }
    } catch (error) {
      this.failure = error;
    }
    this.ended = true;
  }
}
