import type { Position, RecordedEvent } from '../../application/ports/event-log.js';
import type { LogEnd } from './follow.js';

const POLL_MS = 50;

/** The end of a log that another process writes, for one follower: nothing tells when it moves, so the store is asked from time to time. */
export class PolledEnd implements LogEnd {
  private known: Position | null = null;

  after(position: Position): readonly RecordedEvent[] | null {
    return position === this.known ? [] : null;
  }

  know(head: Position): void {
    this.known = head;
  }

  async changed(signal: AbortSignal): Promise<void> {
    this.known = null;
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, POLL_MS);
      signal.addEventListener('abort', done);
    });
  }
}
