import { EventEmitter } from 'node:events';
import { openDatabase, type Database, type DatabaseShape } from '../../../src/infrastructure/sqlite/database.js';
import { DELETED, firstShown, isDeleted, oldestShown, parseMetadata, type StreamMetadata } from './stream-metadata.js';

/** What a client asks to be stored. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** A stored event. `position` is where its record begins in the log, in bytes: ascending with gaps. */
export interface Entry extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export type Expectation = number | 'any' | 'no-stream' | 'stream-exists';
export type WriteResult =
  | { readonly kind: 'written' | 'repeated'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-expected-version'; readonly actual: number }
  | { readonly kind: 'deleted' };

/** Revision of the record that a tombstone writes, as JavaScript can hold it; on the wire it is the greatest 64-bit integer. */
export const TOMBSTONE_REVISION = -2;
export const NO_STREAM = -1;

const SHAPE: DatabaseShape = {
  durability: 'full',
  steps: [
    `
    CREATE TABLE records (
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
      json INTEGER NOT NULL, data BLOB NOT NULL, metadata BLOB NOT NULL, created INTEGER NOT NULL, size INTEGER NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT;
    CREATE INDEX record_ids ON records (stream, id)`,
  ],
};
/** Where a fresh log's first record stands: behind the records that a server writes for itself. */
const FIRST_POSITION = 1_432;
const RECORD_OVERHEAD = 97;

const open = (database: Database) => ({
  begin: () => database.exec('BEGIN IMMEDIATE'),
  commit: () => database.exec('COMMIT'),
  rollback: () => database.exec('ROLLBACK'),
  insert: database.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  end: database.prepare('SELECT position + size AS value FROM records ORDER BY position DESC LIMIT 1'),
  last: database.prepare('SELECT max(revision) AS value FROM records WHERE stream = ? AND revision >= 0'),
  firstSince: database.prepare(
    'SELECT min(revision) AS value FROM records WHERE stream = ? AND revision >= 0 AND created >= ?',
  ),
  tombstone: database.prepare(
    `SELECT position AS value FROM records WHERE stream = ? AND revision = ${TOMBSTONE_REVISION}`,
  ),
  byId: database.prepare('SELECT * FROM records WHERE stream = ? AND id = ? ORDER BY position DESC LIMIT 1'),
  at: database.prepare('SELECT * FROM records WHERE stream = ? AND revision = ?'),
  newest: database.prepare('SELECT * FROM records WHERE stream = ? ORDER BY revision DESC LIMIT 1'),
  streamUp: database.prepare('SELECT * FROM records WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?'),
  streamDown: database.prepare(
    'SELECT * FROM records WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision DESC LIMIT ?',
  ),
  streams: database.prepare('SELECT DISTINCT stream FROM records'),
  remove: database.prepare('DELETE FROM records WHERE stream = ? AND revision >= 0 AND revision < ?'),
  allUp: database.prepare('SELECT * FROM records WHERE position >= ? ORDER BY position LIMIT ?'),
  allDown: database.prepare('SELECT * FROM records WHERE position < ? ORDER BY position DESC LIMIT ?'),
});

/** The log of the double in SQLite: in memory, or in a file that outlives it. Keeps the rules of EventStoreDB for writes and for what is visible. */
export class Journal {
  private readonly database: Database;
  private readonly sql: ReturnType<typeof open>;
  private readonly appended = new EventEmitter().setMaxListeners(0);

  constructor(
    file = ':memory:',
    private readonly now: () => number = Date.now,
  ) {
    this.database = openDatabase(SHAPE, { file });
    this.sql = open(this.database);
  }

  /** Where the next record will stand. */
  get end(): number {
    return (this.sql.end.get() as { value: number } | undefined)?.value ?? FIRST_POSITION;
  }

  /** Last revision of a stream; -1 when it has none. */
  lastRevision(stream: string): number {
    return (this.sql.last.get(stream) as { value: number | null }).value ?? NO_STREAM;
  }

  isTombstoned(stream: string): boolean {
    return this.sql.tombstone.get(stream) !== undefined;
  }

  metadataOf(stream: string): StreamMetadata {
    const [newest] = this.entries(this.sql.newest.all(`$$${stream}`));
    return newest === undefined ? {} : parseMetadata(newest.data);
  }

  /** All or nothing. Repetitions are recognised by event id, as the server does for each kind of expectation. */
  append(stream: string, events: readonly Proposed[], expected: Expectation): WriteResult {
    if (this.isTombstoned(stream)) return { kind: 'deleted' };
    const current = this.lastRevision(stream);
    const softDeleted = isDeleted(this.metadataOf(stream));
    if (expected === 'stream-exists') {
      if (softDeleted) return { kind: 'deleted' };
      if (current < 0 && this.lastRevision(`$$${stream}`) < 0)
        return { kind: 'wrong-expected-version', actual: current };
    }
    const repeated = this.repetition(stream, events, expected, current, softDeleted);
    if (repeated !== null) return repeated;
    return this.write(() => {
      // Whoever writes to a deleted stream gets a new one, that begins behind the old events.
      if (softDeleted) this.putMetadata(stream, { ...this.metadataOf(stream), $tb: current + 1 });
      let position = this.end;
      let revision = current;
      for (const event of events) position = this.put(stream, ++revision, event);
      return { kind: 'written', revision, position };
    });
  }

  /** Hides all events of the stream; the next write begins it anew. */
  delete(stream: string, expected: Expectation): WriteResult {
    const refused = this.refusesRemoval(stream, expected);
    if (refused !== null) return refused;
    return this.write(() => {
      const position = this.putMetadata(stream, { ...this.metadataOf(stream), $tb: DELETED });
      return { kind: 'written', revision: this.lastRevision(stream), position };
    });
  }

  /** Ends the stream for ever. */
  tombstone(stream: string, expected: Expectation): WriteResult {
    const refused =
      expected === 'no-stream' && this.lastRevision(stream) < 0 ? null : this.refusesRemoval(stream, expected);
    if (refused !== null) return refused;
    return this.write(() => {
      const position = this.put(stream, TOMBSTONE_REVISION, {
        id: crypto.randomUUID(),
        type: '$streamDeleted',
        json: false,
        data: new Uint8Array(),
        metadata: new Uint8Array(),
      });
      return { kind: 'written', revision: TOMBSTONE_REVISION, position };
    });
  }

  /** What the stream shows from a revision on, ascending or descending: `$maxCount`, `$maxAge`, `$tb` and deletion applied. */
  readStream(stream: string, from: number, backwards: boolean, limit: number): Entry[] {
    const last = this.lastRevision(stream);
    const first = this.firstShown(stream, last);
    const rows = backwards
      ? this.sql.streamDown.all(stream, first, Math.min(from, last), limit)
      : this.sql.streamUp.all(stream, Math.max(from, first), limit);
    return this.entries(rows);
  }

  /** Records of all streams, hidden ones too: from a position on, or before it. */
  readAll(from: number, backwards: boolean, limit: number): Entry[] {
    return this.entries(backwards ? this.sql.allDown.all(from, limit) : this.sql.allUp.all(from, limit));
  }

  /**
   * Deletes what no read of its stream shows any more, but the last event of each stream, as the server does when an operator asks for it. Until
   * then reads of all streams show it.
   */
  scavenge(): void {
    for (const { stream } of this.sql.streams.all() as { stream: string }[]) {
      const last = this.lastRevision(stream);
      this.sql.remove.run(stream, Math.min(this.firstShown(stream, last), last));
    }
  }

  entryAt(stream: string, revision: number): Entry | null {
    return this.entries(this.sql.at.all(stream, revision))[0] ?? null;
  }

  /** Calls back after each write until the returned function is called. */
  onAppended(listener: () => void): () => void {
    this.appended.on('appended', listener);
    return () => this.appended.off('appended', listener);
  }

  close(): void {
    this.database.close();
  }

  private repetition(
    stream: string,
    events: readonly Proposed[],
    expected: Expectation,
    current: number,
    softDeleted: boolean,
  ): WriteResult | null {
    const wrong = { kind: 'wrong-expected-version', actual: current } as const;
    if (expected === 'any' || expected === 'stream-exists') {
      const found = events.map(({ id }) => this.entries(this.sql.byId.all(stream, id))[0]);
      if (found[0] === undefined) return null;
      const last = found.at(-1);
      return found.includes(undefined) || last === undefined ? wrong : repeatedAt(last);
    }
    const after = expected === 'no-stream' ? NO_STREAM : expected;
    if (after > current) return wrong;
    if (after === current) return null;
    const there = events.map((_, index) => this.entryAt(stream, after + 1 + index));
    const different = there.findIndex((entry, index) => entry?.id !== events[index]?.id);
    if (different === 0 && after === NO_STREAM && softDeleted) return null;
    const last = there.at(-1);
    return different >= 0 || !last ? wrong : repeatedAt(last);
  }

  private refusesRemoval(stream: string, expected: Expectation): WriteResult | null {
    if (this.isTombstoned(stream)) return { kind: 'deleted' };
    const actual = this.lastRevision(stream);
    const known = actual >= 0 || this.lastRevision(`$$${stream}`) >= 0;
    const fits =
      expected === 'any' ||
      (expected === 'stream-exists' ? known : expected === 'no-stream' ? actual < 0 && known : expected === actual);
    return fits ? null : { kind: 'wrong-expected-version', actual };
  }

  private write(work: () => WriteResult): WriteResult {
    this.sql.begin();
    try {
      const result = work();
      this.sql.commit();
      this.appended.emit('appended');
      return result;
    } catch (error) {
      this.sql.rollback();
      throw error;
    }
  }

  private putMetadata(stream: string, metadata: StreamMetadata): number {
    return this.put(`$$${stream}`, this.lastRevision(`$$${stream}`) + 1, {
      id: crypto.randomUUID(),
      type: '$metadata',
      json: true,
      data: Buffer.from(JSON.stringify(metadata)),
      metadata: new Uint8Array(),
    });
  }

  private put(stream: string, revision: number, { id, type, json, data, metadata }: Proposed): number {
    const position = this.end;
    const size = RECORD_OVERHEAD + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length;
    this.sql.insert.run(position, stream, revision, id, type, json ? 1 : 0, data, metadata, this.now(), size);
    return position;
  }

  private firstShown(stream: string, last: number): number {
    const metadata = this.metadataOf(stream);
    const young = this.sql.firstSince.get(stream, oldestShown(metadata, this.now())) as { value: number | null };
    return Math.max(firstShown(metadata, last), young.value ?? last + 1);
  }

  private entries(rows: unknown): Entry[] {
    return (rows as (Omit<Entry, 'json'> & { json: number })[]).map((row) => ({ ...row, json: row.json === 1 }));
  }
}

const repeatedAt = ({ revision, position }: Entry): WriteResult => ({ kind: 'repeated', revision, position });
