import { MemoryReadModels } from '../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MongoReadModels } from '../../src/infrastructure/read-models/mongodb/mongo-read-models.js';
import { SqliteReadModels } from '../../src/infrastructure/read-models/sqlite/sqlite-read-models.js';
import { describeWithMongodb } from '../support/mongodb-server.js';
import { tempFolder } from '../support/temp-folder.js';
import { describeLeaseStore } from './lease-store.contract.js';
import { describeReadModelStore } from './read-model-store.contract.js';
import { describeSnapshotStore } from './snapshot-store.contract.js';

const openMemory = () =>
  Promise.resolve({
    store: new MemoryReadModels(),
    reopen: () => Promise.reject(new Error('nothing is kept')),
    close: () => Promise.resolve(),
  });

const openSqlite = async () => {
  const folder = tempFolder();
  const file = folder.file('read-models.sqlite');
  let store = await SqliteReadModels.open(file);
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = await SqliteReadModels.open(file);
    },
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
};

describeReadModelStore('memory', { durable: false }, openMemory);
describeReadModelStore('SQLite', { durable: true }, openSqlite);
describeSnapshotStore('memory', openMemory);
describeSnapshotStore('SQLite', openSqlite);
describeLeaseStore('memory', openMemory);
describeLeaseStore('SQLite', openSqlite);

describeWithMongodb('on a server', (server) => {
  const openMongodb = () => server.openStore((connection) => MongoReadModels.open(connection));
  describeReadModelStore('MongoDB', { durable: true }, openMongodb);
  describeSnapshotStore('MongoDB', openMongodb);
  describeLeaseStore('MongoDB', openMongodb);
});
