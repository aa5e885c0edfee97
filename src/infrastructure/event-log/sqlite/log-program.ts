import type { EncodedEvent } from '../../../application/ports/event-codec.js';
import type { Database } from '../../sqlite/database.js';
import type { SqliteProgram } from '../../sqlite/thread-messages.js';
import type { StoredEvent } from '../stored-event.js';
import { pruningOf } from './prune-program.js';

/** `expected`: -1 for a stream without events. */
export interface AppendArgument {
  readonly stream: string;
  readonly events: readonly EncodedEvent[];
  readonly expected: number;
}
export type AppendResult =
  | { readonly kind: 'appended'; readonly previous: number; readonly position: number; readonly revision: number }
  /** The same events stand there already. */
  | { readonly kind: 'repeated'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'conflict'; readonly actual: number };

const SELECT = `SELECT e.position, s.name AS stream, e.revision, e.id, e.type, e.data, e.metadata
  FROM events e JOIN streams s ON s.id = e.stream`;

const openLog = (database: Database) => {
  const stream = database.prepare('SELECT id, revision FROM streams WHERE name = ?');
  const newStream = database.prepare('INSERT INTO streams (name, revision) VALUES (?, -1) RETURNING id');
  const moveStream = database.prepare('UPDATE streams SET revision = ? WHERE id = ?');
  const insert = database.prepare(
    'INSERT INTO events (position, stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const last = database.prepare('SELECT coalesce(max(position), 0) AS position FROM events');
  const ofStream = database.prepare(`${SELECT} WHERE s.name = ? AND e.revision > ? ORDER BY e.revision LIMIT ?`);
  const ofAll = database.prepare(`${SELECT} WHERE e.position > ? ORDER BY e.position LIMIT ?`);
  const pruning = pruningOf(database);
  const head = (): number => (last.get() as { position: number }).position;

  const append = ({ stream: name, events, expected }: AppendArgument): AppendResult => {
    const found = stream.get(name) as { id: number; revision: number } | undefined;
    const actual = found?.revision ?? -1;
    if (actual !== expected) {
      const there = ofStream.all(name, expected, events.length) as StoredEvent[];
      const same = there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
      return same ? { kind: 'repeated', events: there } : { kind: 'conflict', actual };
    }
    const streamKey = found?.id ?? (newStream.get(name) as { id: number }).id;
    const previous = head();
    let position = previous;
    let revision = expected;
    for (const { id, type, data, metadata } of events)
      insert.run(++position, streamKey, ++revision, id, type, data, metadata);
    moveStream.run(revision, streamKey);
    return { kind: 'appended', previous, position, revision };
  };

  return {
    reads: {
      stream: ({ name, after, limit }: { name: string; after: number; limit: number }) =>
        ofStream.all(name, after, limit) as StoredEvent[],
      all: ({ after, limit }: { after: number; limit: number }) => ofAll.all(after, limit) as StoredEvent[],
      head,
      ...pruning.reads,
    },
    writes: { append, ...pruning.writes },
  };
};

/** The log: positions ascend in the order of commits, with gaps only where events were dropped. */
export const program = {
  durability: 'full',
  // What is dropped is gone from the file too.
  secureDelete: true,
  steps: [
    `
    CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL) STRICT;
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream INTEGER NOT NULL REFERENCES streams (id),
      revision INTEGER NOT NULL,
      id TEXT NOT NULL,
      type TEXT NOT NULL,
      data TEXT NOT NULL,
      metadata TEXT NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT`,
    // Of each category whose old events are dropped: the newest position that is gone, and before when that was.
    `
    CREATE TABLE pruned (category TEXT PRIMARY KEY, position INTEGER NOT NULL, before INTEGER NOT NULL) STRICT`,
  ],
  open: openLog,
} satisfies SqliteProgram<ReturnType<typeof openLog>['reads'], ReturnType<typeof openLog>['writes']>;
