import type { CredentialStore } from './application/ports/credential-store.js';
import type { EventLog } from './application/ports/event-log.js';
import type { KeyStore } from './application/ports/key-store.js';
import type { LeaseStore } from './application/ports/lease-store.js';
import type { ReadModelStore } from './application/ports/read-model-store.js';
import type { SessionStore } from './application/ports/session-store.js';
import type { SnapshotStore } from './application/ports/snapshot-store.js';

/** The stores that one installation runs on, chosen by configuration alone. Nothing above knows which they are. */
export interface Engine {
  /** For people: which engine, and where the data lies. */
  readonly description: readonly string[];
  /** The folder that this process alone works on; `null`: all data is elsewhere, and other nodes may work on it too. */
  readonly folder: string | null;
  readonly log: EventLog;
  readonly readModels: ReadModelStore;
  readonly snapshots: SnapshotStore;
  readonly leases: LeaseStore;
  readonly keys: KeyStore;
  readonly credentials: CredentialStore;
  readonly sessions: SessionStore;
  /** Finishes what is queued, then lets go of the data. */
  close(): Promise<void>;
}

/** What the command line reads logs and rebuilds read models with, beside servers that may be running. */
export type Stores = Pick<Engine, 'log' | 'readModels' | 'leases' | 'close'>;

/** Everything but the log. */
export type SideStores = Pick<Engine, 'readModels' | 'snapshots' | 'leases' | 'credentials' | 'sessions'> & {
  readonly keys: KeyStore & { isEmpty(): Promise<boolean> };
};
