import {
  MemoryCredentialStore,
  MemoryKeyStore,
  MemorySessionStore,
} from '../../src/infrastructure/vault/memory/memory-vault.js';
import { MongoCredentialStore } from '../../src/infrastructure/vault/mongodb/mongo-credential-store.js';
import { MongoKeyStore } from '../../src/infrastructure/vault/mongodb/mongo-key-store.js';
import { MongoSessionStore } from '../../src/infrastructure/vault/mongodb/mongo-session-store.js';
import {
  openIdentityStores,
  type IdentityStores,
} from '../../src/infrastructure/vault/sqlite/sqlite-identity-store.js';
import { SqliteKeyStore } from '../../src/infrastructure/vault/sqlite/sqlite-key-store.js';
import { describeWithMongodb } from '../support/mongodb-server.js';
import { tempFolder } from '../support/temp-folder.js';
import { describeCredentialStore } from './credential-store.contract.js';
import { describeKeyStore } from './key-store.contract.js';
import { describeSessionStore } from './session-store.contract.js';

const inMemory = <T>(store: T) => ({
  store,
  reopen: () => Promise.reject(new Error('nothing is kept')),
  close: () => Promise.resolve(),
});

/** A store in a file of its own. */
const inFile = async <O extends { close(): Promise<void> }, T>(
  open: (file: string) => Promise<O>,
  storeOf: (opened: O) => T,
) => {
  const folder = tempFolder();
  const file = folder.file('store.sqlite');
  let opened = await open(file);
  return {
    get store() {
      return storeOf(opened);
    },
    reopen: async () => {
      await opened.close();
      opened = await open(file);
    },
    close: async () => {
      await opened.close();
      folder.remove();
    },
  };
};

const memory = { durable: false };
const sqlite = { durable: true };

describeKeyStore('memory', memory, () => Promise.resolve(inMemory(new MemoryKeyStore())));
describeKeyStore('SQLite', sqlite, () => inFile(SqliteKeyStore.open.bind(SqliteKeyStore), (store) => store));
describeCredentialStore('memory', memory, () => Promise.resolve(inMemory(new MemoryCredentialStore())));
describeCredentialStore('SQLite', sqlite, () =>
  inFile<IdentityStores, IdentityStores['credentials']>(openIdentityStores, ({ credentials }) => credentials),
);
describeSessionStore('memory', memory, () => Promise.resolve(inMemory(new MemorySessionStore())));
describeSessionStore('SQLite', sqlite, () =>
  inFile<IdentityStores, IdentityStores['sessions']>(openIdentityStores, ({ sessions }) => sessions),
);

describeWithMongodb('on a server', (server) => {
  const mongodb = { durable: true };
  describeKeyStore('MongoDB', mongodb, () => server.openStore((connection) => MongoKeyStore.open(connection)));
  describeCredentialStore('MongoDB', mongodb, () =>
    server.openStore((connection) => MongoCredentialStore.open(connection)),
  );
  describeSessionStore('MongoDB', mongodb, () => server.openStore((connection) => MongoSessionStore.open(connection)));
});
