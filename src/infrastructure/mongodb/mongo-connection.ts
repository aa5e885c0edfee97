import { MongoClient, ReadConcern, type Collection, type Document } from 'mongodb';
import { storeFailure, unavailable } from './store-failure.js';

/** The database, when the connection string names none. */
const DATABASE = 'parley';

const GUARANTEES = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary',
} as const;

export interface MongoConnectionOptions {
  /** Longest time for one question to the server; the deadline of a command of people is 3 s. */
  readonly deadlineMs?: number;
}

/**
 * The connections of one process to one MongoDB, or to whatever speaks its protocol. Credentials and TLS come in the connection string; how durable
 * a write is does not: it is answered when a majority of the members has it in its journal, and only what a majority has is read. Otherwise a
 * member that takes over could forget what somebody already built upon.
 *
 * Collections are used inside `ask` only: it fails with `LogUnavailable` when the server is away or does not answer within the deadline. A
 * write that failed so may yet happen: whoever writes must be harmless when it does, and when it is repeated.
 */
export class MongoConnection {
  private constructor(
    private readonly client: MongoClient,
    private readonly database: string,
    private readonly deadlineMs: number,
  ) {}

  /** Resolves when the server has answered. Fails with `LogUnavailable`, or with the driver's error for a string that is none. */
  static async open(url: string, { deadlineMs = 2_500 }: MongoConnectionOptions = {}): Promise<MongoConnection> {
    const patienceMs = Math.min(deadlineMs, 2_000);
    const client = new MongoClient(url, {
      appName: 'parley',
      retryWrites: true,
      retryReads: true,
      serverSelectionTimeoutMS: patienceMs,
      connectTimeoutMS: patienceMs,
      waitQueueTimeoutMS: patienceMs,
      socketTimeoutMS: deadlineMs,
      heartbeatFrequencyMS: 1_000, // a server that is back is found within a second
      maxPoolSize: 50,
    });
    const database = databaseOf(url);
    const connection = new MongoConnection(client, database, deadlineMs);
    try {
      await connection.ask(async () => {
        await client.connect();
        await client.db(database).command({ ping: 1 });
      });
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  collection<T extends Document>(name: string): Collection<T> {
    // Given here they win over whatever the connection string says.
    return this.client.db(this.database, GUARANTEES).collection<T>(name);
  }

  /** A question to the server, or several of which the next one needs the answer of the last, within one deadline. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(unavailable(`MongoDB did not answer within ${this.deadlineMs} ms`));
      }, this.deadlineMs);
    });
    try {
      return await Promise.race([question(), late]);
    } catch (error) {
      throw storeFailure(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends every connection; what is under way fails. */
  async close(): Promise<void> {
    await this.client.close();
  }
}

const databaseOf = (url: string): string => decodeURIComponent(/^[^/]*\/\/[^/]*\/([^/?]+)/.exec(url)?.[1] ?? DATABASE);
