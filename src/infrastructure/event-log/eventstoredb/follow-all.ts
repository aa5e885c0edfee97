import type { EventCodec } from '../../../application/ports/event-codec.js';
import {
  categoryOf,
  LogUnavailable,
  type FollowOptions,
  type LogSignal,
  type Position,
} from '../../../application/ports/event-log.js';
import { decodeStored } from '../stored-event.js';
import type { Connection } from './connection.js';
import { isForbidden, NoAnswer, unavailable } from './failures.js';
import { isOurs, PREFIXES, type LogHead } from './log-head.js';
import { storedOf } from './stored-form.js';
import { SubscriptionFeed } from './subscription-feed.js';

export interface FollowTimes {
  /** A subscription that tells nothing for so long is looked after: a silent peer is noticed by nobody else. */
  readonly quietMs: number;
  /** Longest wait for the confirmation of a subscription, and for an event that is known to be there. */
  readonly confirmMs: number;
  /** For so long a broken subscription is taken up again; then `LogUnavailable`, for whoever follows shows that and tries anew. */
  readonly patienceMs: number;
}

export const FOLLOW_TIMES: FollowTimes = { quietMs: 2_000, confirmMs: 1_500, patienceMs: 2_000 };
const FIRST_PAUSE_MS = 50;
/** Events passed over between two `scanned`, unless there is nothing else to do. */
const MOST_UNTOLD = 500;

/**
 * `EventLog.follow` over a subscription to `$all` that the server filters by the prefixes of all categories. Events of categories that the
 * follower did not ask for become `scanned`: so every follower comes to `head()`, whatever the newest event is of. Where the server looked
 * through long stretches of foreign events its checkpoints become `scanned` too, beyond `head()` even.
 *
 * A broken subscription is taken up again behind the last event that was handled.
 */
export async function* followAll(
  connection: Connection,
  head: LogHead,
  codec: EventCodec,
  { after, categories, signal }: FollowOptions,
  times: FollowTimes,
): AsyncGenerator<LogSignal> {
  const stop = AbortSignal.any([signal, connection.closed]);
  const follower = new Follower(connection, head, codec, new Set(categories), times, after === 'start' ? 0 : after);
  let pauseMs = FIRST_PAUSE_MS;
  let brokenSince: number | null = null;
  while (!stop.aborted) {
    try {
      for await (const next of follower.run(stop)) {
        if (next !== 'confirmed') yield next;
        pauseMs = FIRST_PAUSE_MS;
        brokenSince = null;
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      brokenSince ??= performance.now();
      if (isForbidden(error.cause) || performance.now() - brokenSince >= times.patienceMs)
        throw unavailable('the log cannot be followed', error.cause);
      if (follower.leaveEnd()) yield { kind: 'fell-behind' };
      await pause(pauseMs, stop);
      pauseMs *= 2;
    }
  }
  if (!signal.aborted) throw new LogUnavailable('log_unavailable', 'the log is closed');
}

/** The subscription is over, for the reason in `cause`. */
class Broken extends Error {
  override readonly name = 'Broken';
  constructor(cause: unknown) {
    super('the subscription broke', { cause });
  }
}

/** Where a follower is, over all its subscriptions. */
class Follower {
  private live = false;
  /** Passed, but not told yet. */
  private scanned: Position = 0;
  /** Events that `scanned` stands for. */
  private untold = 0;

  constructor(
    private readonly connection: Connection,
    private readonly head: LogHead,
    private readonly codec: EventCodec,
    private readonly wanted: ReadonlySet<string>,
    private readonly times: FollowTimes,
    /** Everything up to here was handled. */
    private position: Position,
  ) {}

  /** Whether it was at the end; it is not any more. */
  leaveEnd(): boolean {
    const was = this.live;
    this.live = false;
    return was;
  }

  /** One subscription. Throws `Broken`. */
  async *run(stop: AbortSignal): AsyncGenerator<LogSignal | 'confirmed'> {
    const feed = this.subscribe();
    let confirmed = false;
    /** What the end was when this was last asked: servers before 23.10 never say that a subscription has caught up. */
    let target: Position | null = null;
    this.scanned = this.position;
    try {
      for (;;) {
        const item = await feed.next(confirmed ? this.times.quietMs : this.times.confirmMs, stop);
        if (stop.aborted) return;
        if (item === null) {
          if (!confirmed) throw this.broken(feed, new NoAnswer('a subscription was not confirmed'));
          await this.lookAfter(feed, stop);
          continue;
        }
        if (item.kind === 'broken') throw this.broken(feed, item.error);
        if (item.kind === 'confirmed') {
          confirmed = true;
          this.askForEnd(feed);
          yield 'confirmed';
        } else if (item.kind === 'head') target = item.position;
        else if (item.kind === 'checkpoint') this.scanned = Math.max(this.scanned, item.position);
        else if (item.kind === 'event') {
          const position = Number(item.event.position.commit);
          if (position <= this.position) continue;
          if (isOurs(item.event) && this.wanted.has(categoryOf(item.event.streamId))) {
            yield { kind: 'event', event: await decodeStored(this.codec, storedOf(item.event)) };
            this.position = position;
          } else this.untold++;
          this.scanned = Math.max(this.scanned, position);
        }
        if (stopped(stop)) return;
        const reached = item.kind === 'caught-up' || (target !== null && this.scanned >= target);
        const atEnd = reached && !this.live;
        if (this.scanned > this.position && (feed.isEmpty || atEnd || this.untold >= MOST_UNTOLD)) {
          yield { kind: 'scanned', position: this.scanned };
          this.position = this.scanned;
          this.untold = 0;
        }
        if (stopped(stop)) return;
        if (atEnd) {
          this.live = true;
          target = null;
          yield { kind: 'caught-up' };
        } else if (item.kind === 'fell-behind' || feed.takeOverflow()) {
          target = null;
          if (this.leaveEnd()) yield { kind: 'fell-behind' };
          this.askForEnd(feed);
        }
      }
    } finally {
      feed.close();
    }
  }

  private subscribe(): SubscriptionFeed {
    return new SubscriptionFeed(this.connection.client, this.position, PREFIXES);
  }

  private askForEnd(feed: SubscriptionFeed): void {
    this.head.read().then(
      (position) => {
        feed.put({ kind: 'head', position });
      },
      () => undefined, // the subscription itself will show what is wrong
    );
  }

  /** Nothing came for a while: there is nothing, or the peer is gone and nobody said so. */
  private async lookAfter(feed: SubscriptionFeed, stop: AbortSignal): Promise<void> {
    let end: Position;
    try {
      end = await this.head.read(this.times.confirmMs);
    } catch (error) {
      throw this.broken(feed, error instanceof LogUnavailable ? error.cause : error);
    }
    const deadline = performance.now() + this.times.confirmMs;
    while (end > this.scanned && feed.isEmpty && !stop.aborted) {
      if (performance.now() > deadline)
        throw this.broken(feed, new NoAnswer(`a subscription does not tell of position ${end}`));
      await pause(10, stop);
    }
  }

  private broken(feed: SubscriptionFeed, error: unknown): Broken {
    this.connection.note(error, feed.client);
    return new Broken(error);
  }
}

/** Asked anew after each `yield`: the reader may have aborted meanwhile. */
const stopped = (signal: AbortSignal): boolean => signal.aborted;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
