import type { Lease, LeaseRequest } from '../../../application/ports/lease-store.js';
import type {
  PageRequest,
  PositionedChanges,
  SearchRequest,
  Service,
  StoredDocument,
} from '../../../application/ports/read-model-store.js';
import type { Snapshot } from '../../../application/ports/snapshot-store.js';
import { applyChange } from '../../../projections/runtime/change.js';
import type { Database } from '../../sqlite/database.js';
import type { SqliteProgram } from '../../sqlite/thread-messages.js';
import { TermSearch } from './term-search.js';

interface Row {
  readonly key: string;
  readonly at: number;
  /** JSON; `null`: a tombstone. */
  readonly doc: string | null;
}
type Statement = ReturnType<Database['prepare']>;

const LEASE = 'SELECT name, holder, token, until, note FROM leases';

/** Greater than every text that begins with the prefix. */
const AFTER_ALL = String.fromCodePoint(0x10ffff);
/** The character after `/`: the end of a partition's keys. */
const AFTER_SLASH = '0';

const DIRECTION = { ascending: 'ASC', descending: 'DESC' } as const;

/**
 * A document of a batch under way; `doc: null`: none, or a tombstone. `unread`: what is stored was not looked at, because a whole document replaces it
 * if it is not newer; the write says so.
 */
interface Held {
  readonly at: number;
  readonly doc: object | null;
  readonly unread: boolean;
}
const heldOf = (row: Pick<Row, 'at' | 'doc'> | undefined): Held =>
  row
    ? { at: row.at, doc: row.doc === null ? null : (JSON.parse(row.doc) as object), unread: false }
    : { at: -1, doc: null, unread: false };

const documentOf = ({ key, at, doc }: Row): StoredDocument => ({ key, at, doc: JSON.parse(doc ?? 'null') as object });

const openReadModels = (database: Database) => {
  const statements = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = database.prepare(sql)));
    return statement;
  };
  const generation = (name: string) =>
    prepared('SELECT checkpoint, terms FROM generations WHERE name = ?').get(name) as
      { checkpoint: number; terms: number } | undefined;
  const known = (name: string) => {
    const found = generation(name);
    if (!found) throw new Error(`no generation ${name}: prepare it first`);
    return found;
  };

  /** The batch goes over documents in memory: each is read at most once and written once, however many of its events change it. */
  const applyAll = (name: string, terms: boolean, batch: readonly PositionedChanges[]): void => {
    const find = prepared(`SELECT at, doc FROM "${name}" WHERE key = ?`);
    const stored = (key: string): Held => heldOf(find.get(key) as Pick<Row, 'at' | 'doc'> | undefined);
    const touched = new Map<string, Held>();
    for (const { at, changes } of batch)
      for (const change of changes) {
        let held = touched.get(change.key);
        if (change.op === 'patch') {
          if (held?.unread) {
            const before = stored(change.key);
            if (before.at > held.at) held = before;
          }
          held ??= stored(change.key);
          if (held.at > at || held.doc === null) continue;
        } else if (held && held.at > at) continue;
        touched.set(change.key, {
          at,
          doc: applyChange(held?.doc ?? null, change),
          unread: change.op !== 'patch' && (held?.unread ?? true),
        });
      }
    const write = prepared(
      `INSERT INTO "${name}" (key, at, doc) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET at = excluded.at, doc = excluded.doc WHERE at <= excluded.at`,
    );
    for (const [key, { at, doc }] of touched) {
      const { changes } = write.run(key, at, doc === null ? null : JSON.stringify(doc));
      if (terms && changes > 0) writeTerms(name, key, (doc as { terms?: readonly string[] } | null)?.terms ?? []);
    }
  };

  const writeTerms = (name: string, key: string, terms: readonly string[]): void => {
    prepared(`DELETE FROM "${name}_terms" WHERE key = ?`).run(key);
    for (const term of new Set(terms)) prepared(`INSERT INTO "${name}_terms" (term, key) VALUES (?, ?)`).run(term, key);
  };

  return {
    reads: {
      checkpoint: (name: string): number => generation(name)?.checkpoint ?? 0,
      get: ({ name, keys }: { name: string; keys: readonly string[] }): StoredDocument[] => {
        known(name);
        const one = prepared(`SELECT key, at, doc FROM "${name}" WHERE key = ? AND doc IS NOT NULL`);
        return [...new Set(keys)].flatMap((key) => {
          const row = one.get(key) as Row | undefined;
          return row ? [documentOf(row)] : [];
        });
      },
      page: ({ name, partition, after, before, limit, order }: PageRequest & { name: string }): StoredDocument[] => {
        known(name);
        // One bound on each side: of two, SQLite would take one to seek by, and walk through all keys up to the other.
        const lowest = partition === undefined ? '' : `${partition}/`;
        const end = partition === undefined ? AFTER_ALL : partition + AFTER_SLASH;
        const inside = after !== undefined && after >= lowest;
        const sql = `SELECT key, at, doc FROM "${name}"
          WHERE key ${inside ? '>' : '>='} ? AND key < ? AND doc IS NOT NULL
          ORDER BY key ${DIRECTION[order]} LIMIT ?`;
        const bounds = [inside ? after : lowest, before === undefined || before > end ? end : before];
        return (prepared(sql).all(...bounds, limit) as unknown as Row[]).map(documentOf);
      },
      search: ({
        name,
        terms,
        limit,
        order,
        after,
        before,
      }: SearchRequest & { name: string; terms: readonly string[] }): StoredDocument[] => {
        known(name);
        const keys = new TermSearch(prepared, `${name}_terms`).keys(terms, {
          limit,
          order,
          ...(after === undefined ? {} : { after }),
          ...(before === undefined ? {} : { before }),
        });
        const read = prepared(`SELECT key, at, doc FROM "${name}" WHERE key = ? AND doc IS NOT NULL`);
        return keys.flatMap((key) => (read.get(key) as Row | undefined) ?? []).map(documentOf);
      },
      service: (projection: string): Service | null => {
        const row = prepared('SELECT service FROM services WHERE projection = ?').get(projection) as
          { service: string } | undefined;
        return row ? (JSON.parse(row.service) as Service) : null;
      },
      leases: (prefix: string): Lease[] =>
        prepared(`${LEASE} WHERE name >= ? AND name < ? ORDER BY name`).all(prefix, prefix + AFTER_ALL) as Lease[],
      loadSnapshot: (stream: string): Snapshot | null =>
        (prepared('SELECT version, revision, state FROM snapshots WHERE stream = ?').get(stream) as
          Snapshot | undefined) ?? null,
    },
    writes: {
      prepare: ({ name, terms }: { name: string; terms: boolean }): void => {
        if (generation(name)) return;
        database.exec(
          `CREATE TABLE "${name}" (key TEXT PRIMARY KEY, at INTEGER NOT NULL, doc TEXT) STRICT, WITHOUT ROWID`,
        );
        if (terms)
          database.exec(`CREATE TABLE "${name}_terms" (term TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (term, key)) STRICT, WITHOUT ROWID;
            CREATE INDEX "${name}_terms_key" ON "${name}_terms" (key)`);
        prepared('INSERT INTO generations (name, checkpoint, terms) VALUES (?, 0, ?)').run(name, terms ? 1 : 0);
      },
      apply: (argument: { name: string; batch: readonly PositionedChanges[]; checkpoint: number }): void => {
        const { name, batch, checkpoint } = argument;
        const { terms } = known(name);
        applyAll(name, terms === 1, batch);
        prepared('UPDATE generations SET checkpoint = max(checkpoint, ?) WHERE name = ?').run(checkpoint, name);
      },
      drop: (name: string): void => {
        // Prepared statements of a dropped table stay harmless, but a table made anew needs new ones.
        statements.clear();
        database.exec(`DROP TABLE IF EXISTS "${name}"; DROP TABLE IF EXISTS "${name}_terms"`);
        prepared('DELETE FROM generations WHERE name = ?').run(name);
      },
      changeService: ({ projection, next }: { projection: string; next: Service }): boolean =>
        prepared(
          `INSERT INTO services (projection, revision, service) SELECT ?1, ?2, ?3
           WHERE ?2 = 1 OR EXISTS (SELECT 1 FROM services WHERE projection = ?1)
           ON CONFLICT (projection) DO UPDATE SET revision = excluded.revision, service = excluded.service
           WHERE services.revision = excluded.revision - 1`,
        ).run(projection, next.revision, JSON.stringify(next)).changes === 1,
      takeLease: ({ name, holder, now, until, note }: LeaseRequest): Lease => {
        prepared(
          `INSERT INTO leases (name, holder, token, until, note) VALUES (?1, ?2, 1, ?3, ?4)
           ON CONFLICT (name) DO UPDATE SET
             token = leases.token + (leases.holder <> excluded.holder),
             holder = excluded.holder, until = excluded.until, note = excluded.note
           WHERE leases.holder = excluded.holder OR leases.until <= ?5`,
        ).run(name, holder, until, note, now);
        const lease: unknown = prepared(`${LEASE} WHERE name = ?`).get(name);
        return lease as Lease;
      },
      releaseLease: ({ name, holder }: { name: string; holder: string }): void => {
        prepared('UPDATE leases SET until = 0 WHERE name = ? AND holder = ?').run(name, holder);
      },
      freeLeases: (prefix: string): void => {
        prepared('UPDATE leases SET until = 0 WHERE name >= ? AND name < ?').run(prefix, prefix + AFTER_ALL);
      },
      saveSnapshot: ({ stream, version, revision, state }: Snapshot & { stream: string }): void => {
        prepared(
          `INSERT INTO snapshots (stream, version, revision, state) VALUES (?, ?, ?, ?)
           ON CONFLICT (stream) DO UPDATE SET version = excluded.version, revision = excluded.revision, state = excluded.state
           WHERE excluded.revision >= snapshots.revision`,
        ).run(stream, version, revision, state);
      },
    },
  };
};

/** Read models, their checkpoints and generations, and the snapshots of actors: all can be made anew from the log. */
export const program = {
  durability: 'normal',
  steps: [
    `CREATE TABLE generations (name TEXT PRIMARY KEY, checkpoint INTEGER NOT NULL, terms INTEGER NOT NULL) STRICT;
     CREATE TABLE active (projection TEXT PRIMARY KEY, generation INTEGER NOT NULL) STRICT;
     CREATE TABLE snapshots (
       stream TEXT PRIMARY KEY, version INTEGER NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL
     ) STRICT`,
    `CREATE TABLE services (projection TEXT PRIMARY KEY, revision INTEGER NOT NULL, service TEXT NOT NULL) STRICT;
     INSERT INTO services (projection, revision, service)
       SELECT projection, 1, json_object('revision', 1, 'serving', generation, 'kept', NULL, 'candidate', NULL, 'last', generation)
       FROM active;
     DROP TABLE active;
     CREATE TABLE leases (
       name TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, until INTEGER NOT NULL, note TEXT NOT NULL
     ) STRICT`,
  ],
  open: openReadModels,
} satisfies SqliteProgram<ReturnType<typeof openReadModels>['reads'], ReturnType<typeof openReadModels>['writes']>;
