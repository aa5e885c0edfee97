import {
  START,
  streamNameFilter,
  type AllStreamRecordedEvent,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import type { Position } from '../../../application/ports/event-log.js';

export type FeedItem =
  | { readonly kind: 'confirmed' | 'caught-up' | 'fell-behind' }
  | { readonly kind: 'event'; readonly event: AllStreamRecordedEvent }
  /** The server looked through everything up to here. */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'head'; readonly position: Position }
  | { readonly kind: 'broken'; readonly error: unknown };

/** Events held ready; beyond the first number the server is made to wait, down to the second. */
const MOST = 512;
const FEW = 128;
/** Records that the server looks through at once for those of the filter, and looks between two checkpoints. */
const SEARCH_WINDOW = 256;
const CHECKPOINT_WINDOWS = 4;

/**
 * One subscription as a sequence. The client tells of `caughtUp` and of checkpoints ahead of the events that it has in its buffer: here each
 * stands behind all events that came before it. Listeners are synchronous, for the client waits for no promise.
 */
export class SubscriptionFeed {
  private readonly subscription: AllStreamSubscription;
  private readonly queue: FeedItem[] = [];
  /** What waits for events that the client has not handed over yet. */
  private readonly marks: { readonly behind: number; readonly item: FeedItem }[] = [];
  private received = 0;
  private wake: () => void = () => undefined;
  private paused = false;
  /** The reader was so slow that the server had to wait; see `takeOverflow`. */
  private overflowed = false;

  constructor(
    readonly client: EventStoreDBClient,
    after: Position,
    prefixes: readonly string[],
  ) {
    this.subscription = client.subscribeToAll({
      fromPosition: after === 0 ? START : { commit: BigInt(after), prepare: BigInt(after) },
      filter: streamNameFilter({
        prefixes: [...prefixes],
        maxSearchWindow: SEARCH_WINDOW,
        checkpointInterval: CHECKPOINT_WINDOWS,
        checkpointReached: (_, { commit, prepare }) => {
          // Only a position that one number tells is of use to those who come back with it.
          if (commit === prepare) this.mark({ kind: 'checkpoint', position: Number(commit) });
          return Promise.resolve();
        },
      }),
    });
    this.subscription
      .on('confirmation', () => {
        this.mark({ kind: 'confirmed' });
      })
      .on('caughtUp', () => {
        this.mark({ kind: 'caught-up' });
      })
      .on('fellBehind', () => {
        this.mark({ kind: 'fell-behind' });
      })
      .on('error', (error) => {
        this.mark({ kind: 'broken', error });
      })
      .on('end', () => {
        this.mark({ kind: 'broken', error: new Error('the server ended the subscription') });
      })
      .on('data', (resolved: AllStreamResolvedEvent) => {
        this.take(resolved);
      });
  }

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  /** Puts in what was learnt elsewhere, behind everything that is here. */
  put(item: FeedItem): void {
    this.queue.push(item);
    this.wake();
  }

  /** Whether the server had to wait since the last time this was asked. */
  takeOverflow(): boolean {
    const overflowed = this.overflowed;
    this.overflowed = false;
    return overflowed;
  }

  /** The next item; `null` when there is none for as long as that, or the signal aborts. */
  async next(ms: number, signal: AbortSignal): Promise<FeedItem | null> {
    if (this.queue.length === 0 && !signal.aborted)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, ms);
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        }
        signal.addEventListener('abort', done);
        this.wake = done;
      });
    if (signal.aborted) return null;
    const item = this.queue.shift() ?? null;
    if (this.paused && this.queue.length <= FEW) {
      this.paused = false;
      this.subscription.resume();
    }
    return item;
  }

  close(): void {
    this.subscription.removeAllListeners('data').pause();
    // Waits for a connection, which may never come about.
    void this.subscription.unsubscribe().catch(() => undefined);
  }

  private take({ event }: AllStreamResolvedEvent): void {
    this.received++;
    if (event) this.queue.push({ kind: 'event', event });
    this.release();
    if (this.queue.length >= MOST && !this.paused) {
      this.paused = true;
      this.overflowed = true;
      this.subscription.pause();
    }
    this.wake();
  }

  private mark(item: FeedItem): void {
    this.marks.push({ behind: this.received + this.subscription.readableLength, item });
    this.release();
    this.wake();
  }

  private release(): void {
    while (this.marks[0] && this.marks[0].behind <= this.received)
      this.queue.push((this.marks.shift() as { item: FeedItem }).item);
  }
}
