import type { SideStores } from './engine.js';
import { MongoConnection } from './infrastructure/mongodb/mongo-connection.js';
import { MongoReadModels } from './infrastructure/read-models/mongodb/mongo-read-models.js';
import { MongoCredentialStore } from './infrastructure/vault/mongodb/mongo-credential-store.js';
import { MongoKeyStore } from './infrastructure/vault/mongodb/mongo-key-store.js';
import { MongoSessionStore } from './infrastructure/vault/mongodb/mongo-session-store.js';
import type { Opened } from './opened.js';

/** Everything but the log in one MongoDB, in collections of their own. */
export const openMongodbStores = async (url: string, opened: Opened): Promise<SideStores> => {
  const connection = await opened.keep(MongoConnection.open(url));
  const [readModels, keys, credentials, sessions] = await Promise.all([
    MongoReadModels.open(connection),
    MongoKeyStore.open(connection),
    MongoCredentialStore.open(connection),
    MongoSessionStore.open(connection),
  ]);
  return { keys, readModels, snapshots: readModels, leases: readModels, credentials, sessions };
};
