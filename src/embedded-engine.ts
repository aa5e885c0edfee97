import { SealingCodec } from './application/codec/sealing-codec.js';
import { projectorLease } from './application/read-models/projector.js';
import type { Engine } from './engine.js';
import { SqliteEventLog } from './infrastructure/event-log/sqlite/sqlite-event-log.js';
import { SqliteReadModels } from './infrastructure/read-models/sqlite/sqlite-read-models.js';
import { DataFolder } from './infrastructure/sqlite/data-folder.js';
import { openIdentityStores } from './infrastructure/vault/sqlite/sqlite-identity-store.js';
import { SqliteKeyStore } from './infrastructure/vault/sqlite/sqlite-key-store.js';

interface Closable {
  close(): Promise<void>;
}

/**
 * Everything in SQLite files of one data folder: the log, the read models, the keys and the sign-in data apart from each other, so that each can
 * have its own backup. Fails with `DataFolderInUse` while another process works on the folder.
 */
export const openEmbeddedEngine = async (dataDir: string): Promise<Engine> => {
  const folder = DataFolder.open(dataDir);
  /** In order of opening. */
  const opened: Closable[] = [];
  const keep = async <T extends Closable>(opening: Promise<T>): Promise<T> => {
    const store = await opening;
    opened.push(store);
    return store;
  };
  const close = async (): Promise<void> => {
    for (const store of opened.reverse()) await store.close();
    folder.close();
  };
  try {
    // The files are opened side by side: each has a thread of its own.
    const keysOpening = keep(SqliteKeyStore.open(folder.file('keys.sqlite')));
    const readModelsOpening = keep(SqliteReadModels.open(folder.file('read-models.sqlite')));
    const identityOpening = keep(openIdentityStores(folder.file('identity.sqlite')));
    const logOpening = keysOpening.then((keys) =>
      keep(SqliteEventLog.open(folder.file('log.sqlite'), new SealingCodec(keys))),
    );
    const results = await Promise.allSettled([keysOpening, readModelsOpening, identityOpening, logOpening]);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason as Error;
    const [keys, readModels, identity, log] = await Promise.all([
      keysOpening,
      readModelsOpening,
      identityOpening,
      logOpening,
    ]);
    if ((await log.head()) > 0 && (await keys.isEmpty()))
      throw new Error(
        `the keys of the log are missing: ${folder.file('keys.sqlite')} is empty, ${folder.file('log.sqlite')} is not. ` +
          'Restore the key store from its backup; without it nobody’s texts can be read, and new keys would not fit.',
      );
    // Whoever had a lease on this folder's projections is gone: the folder is ours.
    await readModels.freeLeases(projectorLease(''));
    return {
      description: 'embedded (SQLite, every message fsynced before it is acknowledged)',
      place: folder.path,
      log,
      readModels,
      snapshots: readModels,
      leases: readModels,
      keys,
      credentials: identity.credentials,
      sessions: identity.sessions,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
