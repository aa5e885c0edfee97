import { parentPort, workerData } from 'node:worker_threads';
import { isConstraint, isDiskFailure, isFull, isSqliteError, openDatabase, type Database } from './database.js';
import type {
  Calls,
  FailureCode,
  SqliteProgram,
  ThreadOptions,
  ThreadReply,
  ThreadRequest,
} from './thread-messages.js';

/* The worker thread of one SQLite file: takes batches, answers each when its writes are committed. */

interface Opened {
  readonly database: Database;
  /** Statements of every transaction, compiled once. */
  readonly sql: Readonly<Record<'begin' | 'commit' | 'save' | 'release' | 'undo', () => void>>;
  readonly reads: Calls;
  readonly writes: Calls;
}

const { program: programUrl, ...options } = workerData as ThreadOptions;
const { program } = (await import(programUrl)) as { program: SqliteProgram };

let opened: Opened | null = null;

const open = (): Opened => {
  if (opened) return opened;
  const database = openDatabase(program, options);
  const statement = (sql: string) => {
    const prepared = database.prepare(sql);
    return (): void => {
      prepared.run();
    };
  };
  const sql = {
    begin: statement('BEGIN IMMEDIATE'),
    commit: statement('COMMIT'),
    save: statement('SAVEPOINT one'),
    release: statement('RELEASE one'),
    undo: statement('ROLLBACK TO one'),
  };
  opened = { database, sql, ...program.open(database) };
  return opened;
};

const close = (): void => {
  const { database } = opened ?? {};
  opened = null;
  database?.close();
};

const failed = (requests: readonly ThreadRequest[], code: FailureCode, error: unknown): ThreadReply[] => {
  const reason = error instanceof Error ? error.message : String(error);
  return requests.map(({ id }) => ({ id, ok: false, code, reason }));
};

const run = (calls: Calls, { id, name, argument }: ThreadRequest): ThreadReply => {
  const call = calls[name];
  if (!call) throw new Error(`no call ${name} in ${programUrl}`);
  return { id, ok: true, value: call(argument as never) };
};

/** One transaction for all; a write that throws is undone alone. */
const writeAll = ({ sql, writes }: Opened, requests: readonly ThreadRequest[]): ThreadReply[] => {
  const replies: ThreadReply[] = [];
  sql.begin();
  for (const request of requests) {
    sql.save();
    try {
      replies.push(run(writes, request));
    } catch (error) {
      if (isSqliteError(error) && !isConstraint(error)) throw error; // SQLite may have undone the whole transaction: no room, or a failing disk
      sql.undo();
      replies.push(...failed([request], 'failed', error));
    }
    sql.release();
  }
  sql.commit();
  return replies;
};

const write = (requests: readonly ThreadRequest[]): ThreadReply[] => {
  if (requests.length === 0) return [];
  let current: Opened;
  try {
    current = open();
  } catch (error) {
    return failed(requests, isFull(error) ? 'full' : 'unavailable', error);
  }
  try {
    return writeAll(current, requests);
  } catch (error) {
    return failed(requests, undo(current.database, error), error);
  }
};

/** Leaves no transaction behind. Answers what is known of the batch now. */
const undo = (database: Database, error: unknown): FailureCode => {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
    if (isFull(error)) return 'full';
    if (!isDiskFailure(error)) return 'unavailable';
  } catch {
    // Falls through: a rollback that fails says the same as a failing disk.
  }
  // A failed fsync leaves pages that look written: only a file opened anew tells what is there.
  try {
    close();
  } catch {
    // Nothing more to let go of.
  }
  return 'unknown';
};

const read = (requests: readonly ThreadRequest[]): ThreadReply[] =>
  requests.flatMap((request) => {
    try {
      return run(open().reads, request);
    } catch (error) {
      return failed([request], isSqliteError(error) ? 'unavailable' : 'failed', error);
    }
  });

parentPort?.on('message', (batch: readonly ThreadRequest[] | 'close') => {
  if (batch === 'close') {
    close();
    parentPort?.close();
    return;
  }
  const writes = write(batch.filter(({ kind }) => kind === 'write'));
  const replies = [...writes, ...read(batch.filter(({ kind }) => kind === 'read'))];
  parentPort?.postMessage(replies);
});

try {
  open();
  parentPort?.postMessage('ready');
} catch (error) {
  parentPort?.postMessage(error instanceof Error ? error : new Error(String(error)));
}
