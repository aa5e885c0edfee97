import {
  categoryOf,
  type FollowOptions,
  type LogSignal,
  type Position,
  type RecordedEvent,
} from '../../application/ports/event-log.js';

/** Events read from the store between two looks at the end. */
const PAGE = 500;

/** What a process knows of the end of its log. */
export interface LogEnd {
  /** The events after the position; `null`: ask the store. */
  after(position: Position): readonly RecordedEvent[] | null;
  /** A follower read the store to its end. */
  know(head: Position): void;
  /** Resolves when it may be worth to look again, or the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
}

/** An event that may be of no interest to a follower, and is decoded only if it is. */
export interface Followed {
  readonly stream: string;
  readonly position: Position;
  readonly recorded: () => RecordedEvent | Promise<RecordedEvent>;
}

/** `EventLog.follow` over a store that is read in pages, and what this process knows of its end. */
export async function* follow(
  { after, categories, signal }: FollowOptions,
  end: LogEnd,
  page: (after: Position, limit: number) => Promise<readonly Followed[]>,
): AsyncGenerator<LogSignal> {
  const wanted: ReadonlySet<string> = new Set(categories);
  let position: Position = after === 'start' ? 0 : after;
  let live = false;
  /** While one page is handled the next one is read. */
  let ahead: Promise<readonly Followed[]> | null = null;
  while (!signal.aborted) {
    const inMemory = end.after(position)?.map(followedOf) ?? null;
    const batch: readonly Followed[] = inMemory ?? (await (ahead ?? page(position, PAGE)));
    const next = batch.length === PAGE ? batch.at(-1)?.position : undefined;
    ahead = inMemory === null && next !== undefined ? page(next, PAGE) : null;
    ahead?.catch(() => undefined); // it fails when it is awaited, if it ever is
    if (inMemory === null && batch.length === 0) end.know(position);
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
    if (end.after(position)?.length === 0) await end.changed(signal);
  }
}

const followedOf = (event: RecordedEvent): Followed => ({
  stream: event.stream,
  position: event.position,
  recorded: () => event,
});

/** Asked anew after each `yield`: the reader may have aborted meanwhile. */
const stopped = (signal: AbortSignal): boolean => signal.aborted;
