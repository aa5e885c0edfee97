import {
  categoryOf,
  type FollowOptions,
  type LogSignal,
  type Position,
  type RecordedEvent,
} from '../../application/ports/event-log.js';
import type { Tail } from './tail.js';

/** Events read from the store between two looks at the tail. */
const PAGE = 500;

/** An event that may be of no interest to a follower, and is decoded only if it is. */
export interface Followed {
  readonly stream: string;
  readonly position: Position;
  readonly recorded: () => RecordedEvent | Promise<RecordedEvent>;
}

/** `EventLog.follow` over a store that is read in pages, and the tail of what this process wrote. */
export async function* follow(
  { after, categories, signal }: FollowOptions,
  tail: Tail,
  page: (after: Position, limit: number) => Promise<readonly Followed[]>,
): AsyncGenerator<LogSignal> {
  const wanted: ReadonlySet<string> = new Set(categories);
  let position: Position = after === 'start' ? 0 : after;
  let live = false;
  while (!signal.aborted) {
    const inMemory = tail.after(position)?.map(followedOf) ?? null;
    const batch = inMemory ?? (await page(position, PAGE));
    if (inMemory === null && batch.length === 0) tail.know(position);
    if (batch.length > 0 && inMemory === null && live) {
      live = false;
      yield { kind: 'fell-behind' };
    }
    for (const event of batch) {
      if (stopped(signal)) return;
      position = event.position;
      if (wanted.has(categoryOf(event.stream))) yield { kind: 'event', event: await event.recorded() };
      else if (event === batch.at(-1)) yield { kind: 'scanned', position };
    }
    if (batch.length > 0 || stopped(signal)) continue;
    if (!live) {
      live = true;
      yield { kind: 'caught-up' };
    }
    // Something may have come while the last signals were being handled.
    if (tail.after(position)?.length === 0) await tail.changed(signal);
  }
}

const followedOf = (event: RecordedEvent): Followed => ({
  stream: event.stream,
  position: event.position,
  recorded: () => event,
});

/** Asked anew after each `yield`: the reader may have aborted meanwhile. */
const stopped = (signal: AbortSignal): boolean => signal.aborted;
