import type { Collection } from 'mongodb';
import type { StreamId } from '../../../application/ports/event-log.js';
import type { Snapshot, SnapshotStore } from '../../../application/ports/snapshot-store.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asNumber, asText } from '../../mongodb/scalars.js';
import { guardedUpsert } from '../../mongodb/writes.js';

/** The stream is the `_id`. */
type SnapshotRecord = Snapshot & { readonly _id: string };

export class Snapshots implements SnapshotStore {
  private readonly records: Collection<SnapshotRecord>;

  constructor(private readonly connection: MongoConnection) {
    this.records = connection.collection('snapshots');
  }

  async load(stream: StreamId): Promise<Snapshot | null> {
    const filter = { _id: asText(stream) };
    const found = await this.connection.ask(() => this.records.findOne(filter));
    return found && { version: found.version, revision: found.revision, state: found.state };
  }

  async save(stream: StreamId, { version, revision, state }: Snapshot): Promise<void> {
    const next = { version: asNumber(version), revision: asNumber(revision), state: asText(state) };
    const filter = { _id: asText(stream), revision: { $lte: next.revision } };
    await guardedUpsert(this.connection, this.records, filter, { $set: next });
  }
}
