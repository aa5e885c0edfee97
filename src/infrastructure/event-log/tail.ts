import type { Position, RecordedEvent } from '../../application/ports/event-log.js';

/**
 * The newest events of the log in memory, so that followers at the end need neither the store nor the codec. Whoever has a position inside it
 * is served from here, everybody else from the store.
 */
export class Tail {
  private events: RecordedEvent[] = [];
  /** Every event after this position is here; `null`: nothing is known. */
  private base: Position | null;
  private waiters: (() => void)[] = [];

  constructor(
    head: Position,
    private readonly most: number,
  ) {
    this.base = head;
  }

  private get end(): Position | null {
    return this.events.at(-1)?.position ?? this.base;
  }

  /** Takes events in order of position. `previous`: the position that the log ended at before them. */
  add(events: readonly RecordedEvent[], previous: Position): void {
    if (this.end !== previous) {
      this.events = [];
      this.base = previous;
    }
    this.events.push(...events);
    if (this.events.length > this.most * 2) {
      const dropped = this.events.splice(0, this.events.length - this.most);
      this.base = dropped.at(-1)?.position ?? this.base;
    }
    this.wake();
  }

  /** An append of unknown outcome: the next look is into the store. */
  forget(): void {
    this.events = [];
    this.base = null;
    this.wake();
  }

  /** A follower read the store to its end: from here on the tail knows. */
  know(head: Position): void {
    this.base ??= head;
  }

  /** The events after the position; `null`: ask the store. */
  after(position: Position): readonly RecordedEvent[] | null {
    if (this.base === null || position < this.base) return null;
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.position ?? Infinity) <= position) low = middle + 1;
      else high = middle;
    }
    return this.events.slice(low);
  }

  /** Resolves when something was added or forgotten, or the signal aborts. */
  async changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        signal.removeEventListener('abort', settle);
        resolve();
      };
      signal.addEventListener('abort', settle, { once: true });
      this.waiters.push(settle);
    });
  }

  private wake(): void {
    for (const waiter of this.waiters.splice(0)) waiter();
  }
}
