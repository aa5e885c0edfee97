import type { Collection } from 'mongodb';
import type { Session, SessionStore } from '../../../application/ports/session-store.js';
import type { SessionId, UserId } from '../../../domain/kernel/ids.js';
import type { Instant } from '../../../domain/kernel/instant.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asNumber, asText } from '../../mongodb/scalars.js';

type SessionRecord = Omit<Session, 'id'> & { readonly _id: SessionId; readonly tokenHash: string };

/** Sessions in MongoDB. */
export class MongoSessionStore implements SessionStore {
  private constructor(
    private readonly connection: MongoConnection,
    private readonly records: Collection<SessionRecord>,
  ) {}

  /** The connection stays the caller's, to be closed after the store is no longer used. */
  static async open(connection: MongoConnection): Promise<MongoSessionStore> {
    const records = connection.collection<SessionRecord>('sessions');
    await connection.ask(() => records.createIndex({ tokenHash: 1 }, { unique: true }, {}));
    for (const field of ['userId', 'lastSeenAt', 'startedAt'])
      await connection.ask(() => records.createIndex({ [field]: 1 }));
    return new MongoSessionStore(connection, records);
  }

  /** Adding the same again changes nothing. Fails for a token or an id that another session has. */
  async add(tokenHash: string, { id, userId, startedAt, lastSeenAt }: Session): Promise<void> {
    const filter = { _id: asText(id), tokenHash: { $eq: asText(tokenHash) } };
    const first = {
      userId: asText(userId),
      startedAt: asNumber(startedAt),
      lastSeenAt: asNumber(lastSeenAt),
    };
    await this.connection.ask(() => this.records.updateOne(filter, { $setOnInsert: first }, { upsert: true }));
  }

  async find(tokenHash: string): Promise<Session | null> {
    const filter = { tokenHash: { $eq: asText(tokenHash) } };
    const found = await this.connection.ask(() => this.records.findOne(filter));
    if (!found) return null;
    const { _id, userId, startedAt, lastSeenAt } = found;
    return { id: _id, userId, startedAt, lastSeenAt };
  }

  async touch(id: SessionId, at: Instant): Promise<void> {
    const update = { $max: { lastSeenAt: asNumber(at) } };
    await this.connection.ask(() => this.records.updateOne({ _id: asText(id) }, update));
  }

  async remove(id: SessionId): Promise<void> {
    await this.connection.ask(() => this.records.deleteOne({ _id: asText(id) }));
  }

  async removeAllOf(userId: UserId): Promise<void> {
    const filter = { userId: { $eq: asText(userId) } };
    await this.connection.ask(() => this.records.deleteMany(filter));
  }

  async prune({ idle, absolute }: { readonly idle: Instant; readonly absolute: Instant }): Promise<number> {
    const ended = [{ lastSeenAt: { $lt: asNumber(idle) } }, { startedAt: { $lt: asNumber(absolute) } }];
    return (await this.connection.ask(() => this.records.deleteMany({ $or: ended }))).deletedCount;
  }
}
