import { SealingCodec } from './application/codec/sealing-codec.js';
import type { Engine } from './engine.js';
import type { Config } from './infrastructure/config/config.js';
import { SqliteEventLog } from './infrastructure/event-log/sqlite/sqlite-event-log.js';
import { SqliteReadModels } from './infrastructure/read-models/sqlite/sqlite-read-models.js';
import { SqliteKeyStore } from './infrastructure/vault/sqlite/sqlite-key-store.js';
import { join } from 'node:path';

/** What the command line reads logs and rebuilds read models with, beside a server that may be running. It appends nothing to the log. */
export type Stores = Pick<Engine, 'log' | 'readModels' | 'leases' | 'close'>;

/** The embedded engine's files, whoever holds the data folder. Fails when the folder was never used. */
export const openGuestStores = async ({ dataDir }: Config): Promise<Stores> => {
  const guest = { guest: true };
  const opened: { close(): Promise<void> }[] = [];
  const keep = async <T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const store = await opening;
    opened.push(store);
    return store;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  };
  try {
    const keys = await keep(SqliteKeyStore.open(join(dataDir, 'keys.sqlite'), guest));
    const log = await keep(SqliteEventLog.open(join(dataDir, 'log.sqlite'), new SealingCodec(keys), guest));
    const readModels = await keep(SqliteReadModels.open(join(dataDir, 'read-models.sqlite'), guest));
    return { log, readModels, leases: readModels, close };
  } catch (error) {
    await close();
    throw error;
  }
};
