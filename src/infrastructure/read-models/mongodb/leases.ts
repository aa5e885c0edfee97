import type { Collection } from 'mongodb';
import type { Lease, LeaseRequest, LeaseStore } from '../../../application/ports/lease-store.js';
import { asInstant } from '../../../domain/kernel/instant.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asNumber, asText } from '../../mongodb/scalars.js';
import { insertNew } from '../../mongodb/writes.js';

/** The name is the `_id`. */
type LeaseRecord = Omit<Lease, 'name'> & { readonly _id: string };

/** Greater than every text that begins with the prefix. */
const AFTER_ALL = String.fromCodePoint(0x10ffff);

/** Leases, one document each. Whoever changes one names what was found there: of many who ask at once, the server lets one through. */
export class Leases implements LeaseStore {
  private readonly records: Collection<LeaseRecord>;

  constructor(private readonly connection: MongoConnection) {
    this.records = connection.collection('leases');
  }

  take(request: LeaseRequest): Promise<Lease> {
    return this.connection.ask(() => this.takeInTurn(request));
  }

  async release(name: string, holder: string): Promise<void> {
    const filter = { _id: asText(name), holder: { $eq: asText(holder) } };
    await this.connection.ask(() => this.records.updateOne(filter, { $set: { until: asInstant(0) } }));
  }

  async leases(prefix: string): Promise<readonly Lease[]> {
    const filter = { _id: { $gte: asText(prefix), $lt: asText(prefix) + AFTER_ALL } };
    const found = await this.connection.ask(() => this.records.find(filter).sort({ _id: 1 }).toArray());
    return found.map(leaseOf);
  }

  private async takeInTurn({ name, holder, now, until, note }: LeaseRequest): Promise<Lease> {
    const _id = asText(name);
    const wanted = { holder: asText(holder), until: asNumber(until), note: asText(note) };
    for (;;) {
      const before = await this.connection.ask(() => this.records.findOne({ _id }));
      if (before && before.holder !== wanted.holder && before.until > now) return leaseOf(before);
      const token = before === null ? 1 : before.token + (before.holder === wanted.holder ? 0 : 1);
      if (await this.replace(before, { _id, token, ...wanted })) return { name: _id, token, ...wanted };
      // Somebody was faster: look again whose it is now.
    }
  }

  private async replace(before: LeaseRecord | null, next: LeaseRecord): Promise<boolean> {
    if (before === null) return insertNew(this.connection, this.records, next);
    const { _id, token, holder, until } = before;
    const filter = { _id, token: { $eq: token }, holder: { $eq: holder }, until: { $eq: until } };
    const { matchedCount } = await this.connection.ask(() => this.records.replaceOne(filter, next));
    return matchedCount === 1;
  }
}

const leaseOf = ({ _id, holder, token, until, note }: LeaseRecord): Lease => ({
  name: _id,
  holder,
  token,
  until,
  note,
});
