import type { Revision, StreamId } from './event-log.js';

export interface Snapshot {
  /** Version of the state's shape; one of another version is ignored, not migrated. */
  readonly version: number;
  readonly revision: Revision;
  /** The JSON text of the state. */
  readonly state: string;
}

/** A shortcut past the beginning of a stream. May lose or forget anything at any time: the log is the truth. */
export interface SnapshotStore {
  load(stream: StreamId): Promise<Snapshot | null>;
  /** Keeps the newest only: one of a lower revision than the stored one is dropped. */
  save(stream: StreamId, snapshot: Snapshot): Promise<void>;
}
