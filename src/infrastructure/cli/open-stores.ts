import type { Clock } from '../../application/ports/clock.js';
import type { EventLog } from '../../application/ports/event-log.js';
import type { LeaseStore } from '../../application/ports/lease-store.js';
import type { ReadModelStore } from '../../application/ports/read-model-store.js';

/** The log to read and the read models to work on, beside a server that may be running. */
export interface OpenStores {
  readonly log: EventLog;
  readonly readModels: ReadModelStore;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  /** Who works on them, as others are told. */
  readonly holder: string;
  close(): Promise<void>;
}
