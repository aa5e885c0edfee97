import type { Credential } from '../../../application/ports/credential-store.js';
import type { Session } from '../../../application/ports/session-store.js';
import type { Database } from '../../sqlite/database.js';
import type { SqliteProgram } from '../../sqlite/thread-messages.js';

const CREDENTIAL = 'SELECT login, user_id AS userId, password_hash AS passwordHash FROM credentials';
const SESSION = 'SELECT id, user_id AS userId, started_at AS startedAt, last_seen_at AS lastSeenAt FROM sessions';

const openIdentity = (database: Database) => {
  const byLogin = database.prepare(`${CREDENTIAL} WHERE login = ?`);
  const byUser = database.prepare(`${CREDENTIAL} WHERE user_id = ?`);
  const insertCredential = database.prepare(
    'INSERT INTO credentials (login, user_id, password_hash) VALUES (?, ?, ?) ON CONFLICT (login) DO NOTHING',
  );
  const setHash = database.prepare('UPDATE credentials SET password_hash = ? WHERE user_id = ?');
  const byToken = database.prepare(`${SESSION} WHERE token_hash = ?`);
  const insertSession = database.prepare(
    'INSERT INTO sessions (id, token_hash, user_id, started_at, last_seen_at) VALUES (?, ?, ?, ?, ?)',
  );
  const touch = database.prepare('UPDATE sessions SET last_seen_at = max(last_seen_at, ?) WHERE id = ?');
  const remove = database.prepare('DELETE FROM sessions WHERE id = ?');
  const removeAll = database.prepare('DELETE FROM sessions WHERE user_id = ?');
  const prune = database.prepare('DELETE FROM sessions WHERE last_seen_at < ? OR started_at < ?');
  return {
    reads: {
      credential: (login: string) => byLogin.get(login) as Credential | undefined,
      credentialOf: (userId: string) => byUser.get(userId) as Credential | undefined,
      session: (tokenHash: string) => byToken.get(tokenHash) as Session | undefined,
    },
    writes: {
      reserve: (credentials: readonly Credential[]): Credential[] =>
        credentials.map(({ login, userId, passwordHash }) => {
          insertCredential.run(login, userId, passwordHash);
          return byLogin.get(login) as Credential;
        }),
      setPasswordHash: ({ userId, passwordHash }: { userId: string; passwordHash: string }): boolean =>
        setHash.run(passwordHash, userId).changes === 1,
      addSession: ({ tokenHash, session }: { tokenHash: string; session: Session }): void => {
        insertSession.run(session.id, tokenHash, session.userId, session.startedAt, session.lastSeenAt);
      },
      touch: ({ id, at }: { id: string; at: number }): void => {
        touch.run(at, id);
      },
      remove: (id: string): void => {
        remove.run(id);
      },
      removeAllOf: (userId: string): void => {
        removeAll.run(userId);
      },
      prune: ({ idle, absolute }: { idle: number; absolute: number }): number => prune.run(idle, absolute).changes,
    },
  };
};

/** Sign-in data: password hashes and sessions. */
export const program = {
  durability: 'full',
  secureDelete: true,
  steps: [
    `
    CREATE TABLE credentials (login TEXT PRIMARY KEY, user_id TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL) STRICT;
    CREATE TABLE sessions (
      id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL,
      started_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sessions_of_user ON sessions (user_id)`,
  ],
  open: openIdentity,
} satisfies SqliteProgram<ReturnType<typeof openIdentity>['reads'], ReturnType<typeof openIdentity>['writes']>;
