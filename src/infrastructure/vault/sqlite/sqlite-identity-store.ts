import type { Credential, CredentialStore } from '../../../application/ports/credential-store.js';
import type { Session, SessionStore } from '../../../application/ports/session-store.js';
import type { SessionId, UserId } from '../../../domain/kernel/ids.js';
import type { Instant } from '../../../domain/kernel/instant.js';
import { builtModule, SqliteThread } from '../../sqlite/sqlite-thread.js';
import type { program } from './identity-program.js';

/** One file of sign-in data, seen as two ports. */
export interface IdentityStores {
  readonly credentials: CredentialStore;
  readonly sessions: SessionStore;
  close(): Promise<void>;
}

type Thread = SqliteThread<typeof program>;

export const openIdentityStores = async (file: string): Promise<IdentityStores> => {
  const module = builtModule(import.meta.url, './identity-program.js');
  const thread: Thread = await SqliteThread.open<typeof program>({ program: module, file });
  return { credentials: credentialsIn(thread), sessions: sessionsIn(thread), close: () => thread.close() };
};

const credentialsIn = (thread: Thread): CredentialStore => ({
  find: async (login) => (await thread.read('credential', login)) ?? null,
  ofUser: async (userId) => (await thread.read('credentialOf', userId)) ?? null,
  reserve: (credentials: readonly Credential[]) => thread.write('reserve', credentials),
  setPasswordHash: async (userId: UserId, passwordHash: string) => {
    if (!(await thread.write('setPasswordHash', { userId, passwordHash })))
      throw new Error(`there are no credentials of ${userId}`);
  },
});

const sessionsIn = (thread: Thread): SessionStore => ({
  add: (tokenHash: string, session: Session) => thread.write('addSession', { tokenHash, session }),
  find: async (tokenHash) => (await thread.read('session', tokenHash)) ?? null,
  touch: (id: SessionId, at: Instant) => thread.write('touch', { id, at }),
  remove: (id: SessionId) => thread.write('remove', id),
  removeAllOf: (userId: UserId) => thread.write('removeAllOf', userId),
  prune: (limits) => thread.write('prune', limits),
});
