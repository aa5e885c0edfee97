import type { CommandId, EventId, UserId } from '../../domain/kernel/ids.js';
import type { Instant } from '../../domain/kernel/instant.js';
import type { Message } from '../../domain/kernel/message.js';

/** Families of streams. A name has no dash: a stream is `category-id`. */
export const STREAM_CATEGORIES = ['account', 'conversation', 'desk', 'message', 'presence', 'roster'] as const;
export type StreamCategory = (typeof STREAM_CATEGORIES)[number];
export type StreamId = `${StreamCategory}-${string}`;

export const streamId = (category: StreamCategory, id: string): StreamId => `${category}-${id}`;
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** Place of an event in its stream, from 0, without gaps; old events of a category that is not kept for ever are missing at its beginning. */
export type Revision = number;
/** Place of an event in the whole log: ascending, with gaps allowed. The first is greater than 0. */
export type Position = number;
/** What the writer believes about the stream: its last revision, or that it has no event yet. */
export type ExpectedRevision = Revision | 'no-stream';

export interface EventMetadata {
  /** The command that this event came from. */
  readonly commandId: CommandId;
  /** What directly caused it: the command, or the event that a process reacted to. */
  readonly causationId: string;
  /** Shared by everything that followed from one outside impulse. */
  readonly correlationId: string;
  /** Who asked. */
  readonly principal: UserId | 'system';
  /** The node that wrote it. */
  readonly node: string;
}

export interface NewEvent<E extends Message = Message> {
  readonly id: EventId;
  readonly event: E;
  readonly metadata: EventMetadata;
}

/** An event with its place. `event` is in its newest shape, whatever version was stored. */
export interface RecordedEvent<E extends Message = Message> {
  readonly id: EventId;
  readonly stream: StreamId;
  readonly revision: Revision;
  readonly position: Position;
  readonly event: E;
  readonly metadata: EventMetadata;
}

export interface Appended {
  /** Revision and position of the last event of this append. */
  readonly revision: Revision;
  readonly position: Position;
  /** As `read` would return them. */
  readonly events: readonly RecordedEvent[];
}

export type LogSignal =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** Nothing for this follower up to and including this position; in order with the events. */
  | { readonly kind: 'scanned'; readonly position: Position }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'fell-behind' };

/** What is missing from a category, or may be. */
export interface Dropped {
  readonly category: StreamCategory;
  readonly keptMs: number;
  /** Everything since this instant is there; of what was before, the last event of each stream. */
  readonly before: Instant;
  /** The oldest event that is there, and when it happened; `null`: there is none. */
  readonly oldest: { readonly position: Position; readonly at: Instant } | null;
}

export interface FollowOptions {
  /** Exclusive. */
  readonly after: Position | 'start';
  readonly categories: readonly StreamCategory[];
  readonly signal: AbortSignal;
}

/**
 * The one truth. Durable: what `append` answered survives a power cut.
 *
 * Every method may fail with `LogUnavailable`: nothing happened, try again later.
 */
export interface EventLog {
  /**
   * Events of one stream with a revision greater than `after` (default: all), ascending, without gaps. A stream that does not exist is empty;
   * one whose old events were dropped begins later, and has its last event always. Fails with `UndecodableEvent`.
   */
  read(stream: StreamId, after?: Revision): AsyncIterable<RecordedEvent>;
  /**
   * Appends all or nothing, at most once: repeating an append whose event ids already stand at the expected place answers as the
   * first time. Resolves after the events are on stable storage.
   * Fails with `RevisionConflict` (somebody else wrote) or `AppendOutcomeUnknown` (may or may not be there).
   */
  append(stream: StreamId, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;
  /**
   * All events of the categories in order of position: first those recorded, then each new one when it is durable. `caught-up` comes
   * each time the follower reaches the end, `fell-behind` when it no longer is there. Ends when the signal aborts; fails with
   * `UndecodableEvent`, at that event, never past it.
   */
  follow(options: FollowOptions): AsyncIterable<LogSignal>;
  /** Position of the last event of the whole log; 0 when it is empty. */
  head(): Promise<Position>;
  /** What is missing of the category's events behind a position, or may be; `null`: nothing. Reads what is old only as far as it must. */
  dropped(category: StreamCategory, after: Position): Promise<Dropped | null>;
}

export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  constructor(
    readonly stream: StreamId,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`stream ${stream} is at ${actual}, expected ${expected}`);
  }
}

/** A deadline passed or the link broke after the request left: look for the event ids before trying again. */
export class AppendOutcomeUnknown extends Error {
  override readonly name = 'AppendOutcomeUnknown';
}

/** The log cannot serve now, and the call had no effect. `reason` is for people who run the server. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
  constructor(
    readonly code: 'log_unavailable' | 'store_full',
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** The codec fails closed: an unknown type or version, a wrong shape, or a broken seal in a category that is ours. */
export class UndecodableEvent extends Error {
  override readonly name = 'UndecodableEvent';
  constructor(
    readonly stream: string,
    readonly revision: Revision,
    readonly position: Position,
    readonly type: string,
    readonly reason: string,
  ) {
    super(`event ${type} at position ${position} (${stream}@${revision}) cannot be read: ${reason}`);
  }
}
