import { join } from 'node:path';
import { SealingCodec } from './application/codec/sealing-codec.js';
import { processLease } from './application/processes/process-runner.js';
import { STREAM_CATEGORIES, type EventLog } from './application/ports/event-log.js';
import { projectorLease } from './application/read-models/projector.js';
import type { Engine, SideStores, Stores } from './engine.js';
import type { Config } from './infrastructure/config/config.js';
import { SqliteEventLog } from './infrastructure/event-log/sqlite/sqlite-event-log.js';
import { SqliteReadModels } from './infrastructure/read-models/sqlite/sqlite-read-models.js';
import { DataFolder } from './infrastructure/sqlite/data-folder.js';
import { openIdentityStores } from './infrastructure/vault/sqlite/sqlite-identity-store.js';
import { SqliteKeyStore } from './infrastructure/vault/sqlite/sqlite-key-store.js';
import { Opened } from './opened.js';

export type EngineSettings = Pick<Config, 'dataDir' | 'eventStoreUrl' | 'mongodbUrl'>;

const FILES = { log: 'log.sqlite', keys: 'keys.sqlite', readModels: 'read-models.sqlite', identity: 'identity.sqlite' };

/** Read models, keys and sign-in data in files of the folder, apart from each other so that each can have its own backup. */
const embeddedStores = async (folder: string, opened: Opened): Promise<SideStores> => {
  // The files are opened side by side: each has a thread of its own.
  const [keys, readModels, identity] = await allOpened(
    opened.keep(SqliteKeyStore.open(join(folder, FILES.keys))),
    opened.keep(SqliteReadModels.open(join(folder, FILES.readModels))),
    opened.keep(openIdentityStores(join(folder, FILES.identity))),
  );
  // Whoever had a lease on this folder's projections and processes is gone: the folder is ours.
  await readModels.freeLeases(projectorLease(''));
  await readModels.freeLeases(processLease(''));
  const { credentials, sessions } = identity;
  return { keys, readModels, snapshots: readModels, leases: readModels, credentials, sessions };
};

/** The distributed engines' clients are loaded when they are configured: they would double the time of a start. */
const mongodbStores = async (url: string, opened: Opened): Promise<SideStores> => {
  const { openMongodbStores } = await import('./mongodb-stores.js');
  return openMongodbStores(url, opened);
};

const eventStoreLog = async (url: string, codec: SealingCodec, opened: Opened): Promise<EventLog> => {
  const { EventStoreEventLog } = await import('./infrastructure/event-log/eventstoredb/eventstore-event-log.js');
  return opened.keep(EventStoreEventLog.open(url, codec));
};

/**
 * The engine that the configuration names: files of the data folder, EventStoreDB for the log, MongoDB for everything else, or one of the two. Fails
 * with `DataFolderInUse` while another process works on the folder, and with `LogUnavailable` when a server does not answer.
 */
export const openEngine = async ({ dataDir, eventStoreUrl, mongodbUrl }: EngineSettings): Promise<Engine> => {
  const opened = new Opened();
  try {
    const usesFolder = eventStoreUrl === null || mongodbUrl === null;
    const folder = usesFolder ? DataFolder.open(dataDir) : null;
    if (folder)
      opened.last(() => {
        folder.close();
      });
    const { keys, ...stores } =
      mongodbUrl === null ? await embeddedStores(dataDir, opened) : await mongodbStores(mongodbUrl, opened);
    const codec = new SealingCodec(keys);
    const log =
      eventStoreUrl === null
        ? await opened.keep(SqliteEventLog.open(join(dataDir, FILES.log), codec))
        : await eventStoreLog(eventStoreUrl, codec, opened);
    // Asked again, because another node may make the first key and event meanwhile: a key always comes before its event.
    if ((await keys.isEmpty()) && (await hasEvents(log)) && (await keys.isEmpty())) throw new Error(KEYS_MISSING);
    return {
      description: [
        `log: ${eventStoreUrl === null ? `SQLite in ${dataDir}, every message fsynced before it is acknowledged` : `EventStoreDB at ${placeOf(eventStoreUrl)}`}`,
        `read models: ${mongodbUrl === null ? `SQLite in ${dataDir}` : `MongoDB at ${placeOf(mongodbUrl)}`}`,
      ],
      folder: folder === null ? null : dataDir,
      log,
      keys,
      ...stores,
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
};

/** As `openEngine`, for whoever appends nothing: files of the data folder are opened beside the process that holds it. */
export const openStores = async ({ dataDir, eventStoreUrl, mongodbUrl }: EngineSettings): Promise<Stores> => {
  const opened = new Opened();
  const guest = { guest: true };
  try {
    const { keys, readModels, leases } =
      mongodbUrl === null ? await embeddedGuests(dataDir, opened) : await mongodbStores(mongodbUrl, opened);
    const codec = new SealingCodec(keys);
    const log =
      eventStoreUrl === null
        ? await opened.keep(SqliteEventLog.open(join(dataDir, FILES.log), codec, guest))
        : await eventStoreLog(eventStoreUrl, codec, opened);
    return { log, readModels, leases, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
};

const embeddedGuests = async (folder: string, opened: Opened) => {
  const guest = { guest: true };
  const keys = await opened.keep(SqliteKeyStore.open(join(folder, FILES.keys), guest));
  const readModels = await opened.keep(SqliteReadModels.open(join(folder, FILES.readModels), guest));
  return { keys, readModels, leases: readModels };
};

const KEYS_MISSING =
  'the keys of the log are missing: the log has events, the key store is empty. Restore the key store from its backup; without it ' +
  'nobody’s texts can be read, and new keys would not fit.';

const hasEvents = async (log: EventLog): Promise<boolean> => {
  if ((await log.head()) === 0) return false;
  const ending = new AbortController();
  for await (const signal of log.follow({ after: 'start', categories: STREAM_CATEGORIES, signal: ending.signal })) {
    if (signal.kind === 'scanned') continue;
    ending.abort();
    return signal.kind === 'event';
  }
  return false;
};

/** All of them, or the first failure after all have come to an end: none is left half open. */
const allOpened = async <T extends readonly unknown[]>(
  ...openings: { readonly [K in keyof T]: Promise<T[K]> }
): Promise<T> => {
  const results = await Promise.allSettled(openings);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason as Error;
  return Promise.all(openings);
};

/** Hosts and database of a connection string, without credentials and options. */
const placeOf = (url: string): string =>
  url
    .replace(/^[^:]+:\/\//, '')
    .replace(/\?.*$/, '')
    .replace(/^.*@/, '')
    .replace(/\/$/, '');
