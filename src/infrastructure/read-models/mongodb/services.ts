import type { Collection } from 'mongodb';
import type { Service } from '../../../application/ports/read-model-store.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asNumber, asText } from '../../mongodb/scalars.js';
import { insertNew } from '../../mongodb/writes.js';

interface ServiceRecord {
  /** The projection. */
  readonly _id: string;
  readonly revision: number;
  /** JSON. */
  readonly service: string;
}

/** What the generations of each projection are for. */
export class Services {
  private readonly records: Collection<ServiceRecord>;

  constructor(private readonly connection: MongoConnection) {
    this.records = connection.collection('services');
  }

  async find(projection: string): Promise<Service | null> {
    const filter = { _id: asText(projection) };
    const found = await this.connection.ask(() => this.records.findOne(filter));
    return found ? (JSON.parse(found.service) as Service) : null;
  }

  async change(projection: string, next: Service): Promise<boolean> {
    const _id = asText(projection);
    const revision = asNumber(next.revision);
    const service = JSON.stringify(next);
    if (revision === 1) return insertNew(this.connection, this.records, { _id, revision, service });
    const filter = { _id, revision: { $eq: revision - 1 } };
    const { matchedCount } = await this.connection.ask(() =>
      this.records.updateOne(filter, { $set: { revision, service } }),
    );
    return matchedCount === 1;
  }
}
