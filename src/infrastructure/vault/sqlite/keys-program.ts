import type { Database } from '../../sqlite/database.js';
import type { SqliteProgram } from '../../sqlite/thread-messages.js';

/** `undefined`: never was. `null`: destroyed. */
export type FoundKey = Uint8Array | null | undefined;

const openKeys = (database: Database) => {
  const find = database.prepare('SELECT key FROM keys WHERE subject = ?');
  const insert = database.prepare('INSERT INTO keys (subject, key) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const destroy = database.prepare(
    'INSERT INTO keys (subject, key) VALUES (?, NULL) ON CONFLICT (subject) DO UPDATE SET key = NULL',
  );
  const any = database.prepare('SELECT 1 FROM keys LIMIT 1');
  const found = (subject: string): FoundKey => (find.get(subject) as { key: Uint8Array | null } | undefined)?.key;
  return {
    reads: { find: found, isEmpty: (): boolean => any.get() === undefined },
    writes: {
      /** Keeps those that are new. Answers the keys in force, in order. */
      obtain: (candidates: readonly { subject: string; key: Uint8Array }[]): FoundKey[] =>
        candidates.map(({ subject, key }) => {
          insert.run(subject, key);
          return found(subject);
        }),
      destroy: (subject: string): void => {
        destroy.run(subject);
      },
    },
  };
};

/** Keys of people, apart from the log and its backups. */
export const program = {
  durability: 'full',
  secureDelete: true,
  steps: ['CREATE TABLE keys (subject TEXT PRIMARY KEY, key BLOB) STRICT'],
  open: openKeys,
} satisfies SqliteProgram<ReturnType<typeof openKeys>['reads'], ReturnType<typeof openKeys>['writes']>;
