import type { Instant } from '../../domain/kernel/instant.js';
import type { Change } from '../../projections/runtime/change.js';
import type { Position } from './event-log.js';

/** One built copy of a projection's documents, for instance `transcript__g1`. */
export type Generation = `${string}__g${number}`;

export interface StoredDocument<Doc extends object = object> {
  readonly key: string;
  /** Position of the newest event that is in the document. */
  readonly at: Position;
  readonly doc: Doc;
}

/** The changes of one event, in order. */
export interface PositionedChanges {
  readonly at: Position;
  readonly changes: readonly Change<object>[];
}

export interface PageRequest {
  /** Keys that begin with `partition/`; left out: all keys. */
  readonly partition?: string;
  /** Exclusive bounds, whole keys. */
  readonly after?: string;
  readonly before?: string;
  readonly limit: number;
  /** `descending` takes the last ones first. */
  readonly order: 'ascending' | 'descending';
}

export interface SearchRequest {
  readonly limit: number;
  /** Of keys; `descending` takes the last ones first. */
  readonly order: 'ascending' | 'descending';
  /** Exclusive bounds, whole keys: what is outside of them is not looked at. */
  readonly after?: string;
  readonly before?: string;
}

/** A generation that is built beside the serving one, and does not serve yet. */
export interface Candidate {
  readonly number: number;
  readonly startedAt: Instant;
  /** `differs`: it is complete, and not the same as the serving one at the same position. */
  readonly state: 'building' | 'verified' | 'differs';
}

/** What the generations of one projection are for. One small document: switching to another generation is one write. */
export interface Service {
  /** Counts the changes, from 1. */
  readonly revision: number;
  /** Number of the generation that is read. */
  readonly serving: number;
  /** The one that served before. It is kept level with the log until then, so that going back is one write. */
  readonly kept: { readonly number: number; readonly until: Instant } | null;
  readonly candidate: Candidate | null;
  /** Greatest number that was ever used: none is used again. */
  readonly last: number;
}

/**
 * Documents derived from the log, in one collection per generation. A key is `partition/rest` (or a partition alone) of printable ASCII.
 * Losing the newest writes in a crash is allowed, as long as checkpoint and documents stay together.
 */
export interface ReadModelStore {
  /** Makes the generation usable; idempotent. `terms`: documents have a `terms: string[]` to be found by `search`. */
  prepare(generation: Generation, options: { readonly terms: boolean }): Promise<void>;
  /**
   * Applies the changes in order, and moves the checkpoint to `checkpoint` (never back), together. A change is applied only if the document
   * is not newer than its event (`doc.at <= at`): applying a batch twice, or late, changes nothing.
   *
   * `put` replaces, a tombstone too. `patch` touches only a document that is there and not a tombstone. `remove` leaves a tombstone.
   */
  apply(generation: Generation, batch: readonly PositionedChanges[], checkpoint: Position): Promise<void>;
  /** Position up to which every event is in the documents; 0 before the first. */
  checkpoint(generation: Generation): Promise<Position>;
  get<Doc extends object>(generation: Generation, keys: readonly string[]): Promise<readonly StoredDocument<Doc>[]>;
  page<Doc extends object>(generation: Generation, request: PageRequest): Promise<readonly StoredDocument<Doc>[]>;
  /**
   * Documents that have every term; the last one counts as a prefix. Terms are compared as they are: fold them with `foldWords` on
   * both sides.
   */
  search<Doc extends object>(
    generation: Generation,
    terms: readonly string[],
    request: SearchRequest,
  ): Promise<readonly StoredDocument<Doc>[]>;
  /** Drops the generation, its documents and its checkpoint; idempotent. */
  drop(generation: Generation): Promise<void>;
  /** Which generations of the projection are for what; `null` before the first. */
  service(projection: string): Promise<Service | null>;
  /**
   * Replaces the service if nobody else did meanwhile: `next.revision` must be one more than the stored one (1 for the first). Answers whether
   * it did.
   */
  changeService(projection: string, next: Service): Promise<boolean>;
}
