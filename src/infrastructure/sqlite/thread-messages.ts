import type { Database, DatabaseShape, FileOptions } from './database.js';

/** Functions that run inside the worker thread, by name. Arguments and results cross the thread border as structured clones. */
export type Calls = Readonly<Record<string, (argument: never) => unknown>>;

/**
 * What a worker thread does with one SQLite file. A module of a program exports it as `program`.
 * `writes` of one batch share a transaction; one that throws is undone alone. `reads` see committed data only.
 */
export interface SqliteProgram<R extends Calls = Calls, W extends Calls = Calls> extends DatabaseShape {
  open(database: Database): { readonly reads: R; readonly writes: W };
}

export interface ThreadOptions extends FileOptions {
  /** URL of the program's module. */
  readonly program: string;
}

export interface ThreadRequest {
  readonly id: number;
  readonly kind: 'read' | 'write';
  readonly name: string;
  readonly argument: unknown;
}

export type FailureCode =
  /** Nothing was written: no room. */
  | 'full'
  /** Nothing was written: the file cannot be opened or read. */
  | 'unavailable'
  /** The disk failed while writing: it may be there or not. */
  | 'unknown'
  /** A defect: the call itself threw. */
  | 'failed';

export type ThreadReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: FailureCode; readonly reason: string };
