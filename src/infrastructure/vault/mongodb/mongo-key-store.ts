import { randomBytes } from 'node:crypto';
import { Binary, type Collection } from 'mongodb';
import { KeyDestroyed, type KeyStore } from '../../../application/ports/key-store.js';
import type { UserId } from '../../../domain/kernel/ids.js';
import type { MongoConnection } from '../../mongodb/mongo-connection.js';
import { asText } from '../../mongodb/scalars.js';
import { unavailable } from '../../mongodb/store-failure.js';
import { guardedUpsert, insertAllNew, insertNew } from '../../mongodb/writes.js';

const KEY_BYTES = 32;
/** Keys kept in memory: every event that is read or written asks for one. */
const CACHED = 50_000;
/** How long: another node may have destroyed the key. */
const CACHED_MS = 60_000;
/** How long while the server does not answer, so that people go on chatting. */
const STALE_MS = 600_000;
/** Between two questions to a server that did not answer. */
const RETRY_MS = 5_000;

interface KeyRecord {
  /** The person. */
  readonly _id: string;
  /** `null`: destroyed, and never made again. */
  readonly key: Binary | null;
}
interface Cached {
  readonly key: Buffer;
  readonly readAt: number;
  readonly until: number;
}

/**
 * Keys in MongoDB, one document for each person: of many nodes that make a person's key at once, one does, and the others take that one. What is
 * read here has a majority already, so no failover can replace a key that something was sealed with.
 *
 * After `destroy` this node forgets the key at once, others within a minute, or within ten if the server does not answer them. The server's own files and journals are overwritten in its own time.
 */
export class MongoKeyStore implements KeyStore {
  private readonly cache = new Map<UserId, Cached>();
  /** Of this node: what was read during one is not kept. */
  private destructions = 0;
  /** The server did not answer a moment ago: nobody waits for it again before then who has a key at hand. */
  private awayUntil = 0;

  private constructor(
    private readonly connection: MongoConnection,
    private readonly records: Collection<KeyRecord>,
  ) {}

  /** The connection stays the caller's, to be closed after the store is no longer used. */
  static open(connection: MongoConnection): Promise<MongoKeyStore> {
    return Promise.resolve(new MongoKeyStore(connection, connection.collection<KeyRecord>('keys')));
  }

  async obtain(subject: UserId): Promise<Buffer> {
    const found = (await this.lookUp(subject)) ?? (await this.make(subject));
    if (found === 'destroyed') throw new KeyDestroyed(subject);
    return found;
  }

  async obtainAll(subjects: readonly UserId[]): Promise<void> {
    await insertAllNew(this.connection, this.records, [...new Set(subjects)].map(candidate));
  }

  async find(subject: UserId): Promise<Buffer | null> {
    const found = await this.lookUp(subject);
    return found === 'destroyed' ? null : found;
  }

  async destroy(subject: UserId): Promise<void> {
    this.destructions++;
    try {
      await guardedUpsert(this.connection, this.records, { _id: asText(subject) }, { $set: { key: null } });
    } finally {
      this.destructions++;
      this.cache.delete(subject);
    }
  }

  /** Whether nobody ever had a key here. */
  async isEmpty(): Promise<boolean> {
    return (await this.connection.ask(() => this.records.findOne({}, { projection: { _id: 1 } }))) === null;
  }

  private async make(subject: UserId): Promise<Buffer | 'destroyed'> {
    await insertNew(this.connection, this.records, candidate(subject));
    const found = await this.lookUp(subject);
    // Another's, which has no majority yet: nothing may be sealed with it.
    if (found === null) throw unavailable(`the key of ${subject} is being made by another node`);
    return found;
  }

  private async lookUp(subject: UserId): Promise<Buffer | 'destroyed' | null> {
    const cached = this.cache.get(subject);
    const begun = performance.now();
    if (cached && cached.until > begun) return cached.key;
    if (cached && this.awayUntil > begun && begun - cached.readAt <= STALE_MS) return cached.key;
    const { destructions } = this;
    const filter = { _id: asText(subject) };
    let found: KeyRecord | null;
    try {
      found = await this.connection.ask(() => this.records.findOne(filter));
    } catch (error) {
      const now = performance.now();
      if (!cached || !this.cache.has(subject) || now - cached.readAt > STALE_MS) throw error;
      this.awayUntil = now + RETRY_MS;
      return cached.key;
    }
    if (!found) return null;
    if (found.key === null) return 'destroyed';
    const key = Buffer.from(found.key.buffer);
    if (destructions === this.destructions) this.keep(subject, key);
    return key;
  }

  private keep(subject: UserId, key: Buffer): void {
    this.cache.delete(subject);
    const readAt = performance.now();
    this.cache.set(subject, { key, readAt, until: readAt + CACHED_MS });
    if (this.cache.size > CACHED)
      for (const oldest of this.cache.keys()) {
        this.cache.delete(oldest);
        break;
      }
  }
}

const candidate = (subject: UserId): KeyRecord => ({ _id: asText(subject), key: new Binary(randomBytes(KEY_BYTES)) });
