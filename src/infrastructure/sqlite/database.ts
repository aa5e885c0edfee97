import { existsSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';

/** `@photostructure/sqlite` has the interface of `node:sqlite`, which Node 20 does not have (ADR 0008). */
export type Database = InstanceType<typeof DatabaseSync>;

/** How a file is kept; see `SqliteProgram`. */
export interface DatabaseShape {
  /** `full`: a commit is on stable storage before it is answered. `normal`: a power cut may lose the newest commits, never parts of one. */
  readonly durability: 'full' | 'normal';
  /**
   * SQL that makes the tables in an empty file, and each later change of them. A file remembers how many steps it has; one with more than these
   * is refused. Steps that were released are never changed.
   */
  readonly steps: readonly string[];
  /** Overwrites what is deleted. */
  readonly secureDelete?: boolean;
}

/** Which file, and how. */
export interface FileOptions {
  readonly file: string;
  /** Another process owns the file: it must be there with the tables of this version, and is left as it is. */
  readonly guest?: boolean;
  /** Pages that the file may grow to; for tests of a full disk. */
  readonly maxPages?: number;
}

const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
const PRIMARY_CODE = 0xff;

/** The primary result code of SQLite behind an error; 0 for other errors (https://sqlite.org/rescode.html). */
const resultCode = (error: unknown): number => {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & PRIMARY_CODE : 0;
};
export const isFull = (error: unknown): boolean => resultCode(error) === SQLITE_FULL;
export const isDiskFailure = (error: unknown): boolean => resultCode(error) === SQLITE_IOERR;
/** The call's own fault: SQLite undid that statement and nothing else. */
export const isConstraint = (error: unknown): boolean => resultCode(error) === SQLITE_CONSTRAINT;
export const isSqliteError = (error: unknown): boolean => resultCode(error) !== 0;

/** Pages of 4 KiB in the write-ahead log before they are copied into the file; SQLite's own number is 1,000. */
const CHECKPOINT_PAGES = 1_500;
/** How long a transaction waits for the one of another process on the same file. */
const BUSY_MS = 5_000;

/** Opens the file and makes its tables when it is new, or as a guest leaves it as it is. Write-ahead log; see `DatabaseShape.durability`. */
export const openDatabase = (program: DatabaseShape, { file, maxPages, guest = false }: FileOptions): Database => {
  if (guest && !existsSync(file)) throw new Error(`${file} is not there: start Parley on this data folder once`);
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${program.durability === 'full' ? 'FULL' : 'NORMAL'}`);
    // Pages that change again and again are copied into the file once for many of their changes. Whoever waits for a commit waits for the
    // copying too, so where somebody does it is done in small parts.
    if (program.durability === 'normal') database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON');
    if (program.secureDelete) database.exec('PRAGMA secure_delete = ON');
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`);
    // After a failed write the newest pages may be in the system's cache only: writing them to the file proves that they are on the disk.
    if (!guest) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    makeTables(database, program.steps, file, guest);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const makeTables = (database: Database, steps: readonly string[], file: string, guest: boolean): void => {
  const { user_version: found } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (found > steps.length)
    throw new Error(
      `${file} was written by a newer version of Parley (tables ${found}, known ${steps.length}); upgrade Parley`,
    );
  if (guest && found < steps.length)
    throw new Error(`${file} was written by an older version of Parley: start the server of this version on it once`);
  for (const [index, step] of steps.entries())
    if (index >= found) database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${index + 1}; COMMIT`);
};
