import type { Collection } from 'mongodb';
import type { Credential, CredentialStore } from '../../../application/ports/credential-store.js';
import type { UserId } from '../../../domain/kernel/ids.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asText } from '../../mongodb/scalars.js';
import { inChunks, insertAllNew } from '../../mongodb/writes.js';

interface CredentialRecord {
  /** The login: that is what makes it unique. */
  readonly _id: string;
  readonly userId: UserId;
  readonly passwordHash: string;
}

/** Password hashes in MongoDB. */
export class MongoCredentialStore implements CredentialStore {
  private constructor(
    private readonly connection: MongoConnection,
    private readonly records: Collection<CredentialRecord>,
  ) {}

  /** The connection stays the caller's, to be closed after the store is no longer used. */
  static async open(connection: MongoConnection): Promise<MongoCredentialStore> {
    const records = connection.collection<CredentialRecord>('credentials');
    await connection.ask(() => records.createIndex({ userId: 1 }, { unique: true }, {}));
    return new MongoCredentialStore(connection, records);
  }

  async find(login: string): Promise<Credential | null> {
    const filter = { _id: asText(login) };
    return credentialOf(await this.connection.ask(() => this.records.findOne(filter)));
  }

  async ofUser(userId: UserId): Promise<Credential | null> {
    const filter = ofUser(userId);
    return credentialOf(await this.connection.ask(() => this.records.findOne(filter)));
  }

  /** Not all or nothing: after a failure some may be kept, and reserving them again answers as the first time. */
  async reserve(credentials: readonly Credential[]): Promise<readonly Credential[]> {
    const firsts = new Map<string, CredentialRecord>();
    for (const credential of credentials) {
      const record = recordOf(credential);
      if (!firsts.has(record._id)) firsts.set(record._id, record);
    }
    await insertAllNew(this.connection, this.records, [...firsts.values()]);
    const inForce = await this.findAll([...firsts.keys()]);
    return credentials.map(({ login, userId }) => {
      const found = inForce.get(asText(login));
      if (!found) throw new Error(`${userId} has credentials under another login`);
      return found;
    });
  }

  async setPasswordHash(userId: UserId, passwordHash: string): Promise<void> {
    const update = { $set: { passwordHash: asText(passwordHash) } };
    const { matchedCount } = await this.connection.ask(() => this.records.updateOne(ofUser(userId), update));
    if (matchedCount === 0) throw new Error(`there are no credentials of ${userId}`);
  }

  private async findAll(logins: readonly string[]): Promise<ReadonlyMap<string, Credential>> {
    const found = new Map<string, Credential>();
    for (const some of inChunks(logins)) {
      const records = await this.connection.ask(() => this.records.find({ _id: { $in: some } }).toArray());
      for (const record of records) found.set(record._id, fromRecord(record));
    }
    return found;
  }
}

const ofUser = (userId: UserId) => ({ userId: { $eq: asText(userId) } });

const recordOf = ({ login, userId, passwordHash }: Credential): CredentialRecord => ({
  _id: asText(login),
  userId: asText(userId),
  passwordHash: asText(passwordHash),
});

const fromRecord = ({ _id, userId, passwordHash }: CredentialRecord): Credential => ({
  login: _id,
  userId,
  passwordHash,
});

const credentialOf = (record: CredentialRecord | null): Credential | null => record && fromRecord(record);
