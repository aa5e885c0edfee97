import { EventStoreDBClient } from '@eventstore/db-client';
import { LogUnavailable } from '../../../application/ports/event-log.js';
import { breaksConnection, unavailable } from './failures.js';
import { within } from './within.js';

/** A connection in doubt is replaced, at most this often. */
const REPLACE_MS = 500;
/** What is under way on a replaced connection is given this time to end. */
const GRACE_MS = 3_000;
/** Longest look whether the server answers, before something is written after a failure. */
const PROBE_MS = 1_000;

const KEEP_ALIVE_TIMEOUT_MS = 10_000;
/** A cluster's node that does not answer must not use up the time that a whole call has. */
const DISCOVERY = 'gossipTimeout=1&maxDiscoverAttempts=5';

/**
 * The client of one server or cluster, made anew when it is in doubt.
 *
 * gRPC shares connections between clients of the same settings, and waits up to two minutes between tries to connect. So a new client has
 * a setting of its own: its connection is tried at once, and the log is healthy as soon as the server is.
 */
export class Connection {
  private current: EventStoreDBClient;
  private generation = 0;
  private replacedAt = -Infinity;
  private doubted = false;
  private probing: Promise<void> | null = null;
  private readonly closing = new AbortController();
  private readonly retiring = new Map<EventStoreDBClient, NodeJS.Timeout>();

  /** Fails on a connection string that the client cannot read; connects with the first call. */
  constructor(private readonly connectionString: string) {
    this.current = this.connect();
  }

  /** Aborts when the connection is closed. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /** The client for the next call. Fails with `LogUnavailable` when the connection was closed. */
  get client(): EventStoreDBClient {
    if (this.closed.aborted) throw new LogUnavailable('log_unavailable', 'the log is closed');
    if (this.doubted && performance.now() - this.replacedAt >= REPLACE_MS) this.replace();
    return this.current;
  }

  /** Runs one call within its time, and takes note of what it says about the connection. Rejects as the client does, or with `NoAnswer`. */
  async call<T>(ms: number, what: string, work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    const { client } = this;
    try {
      const result = await within(ms, what, work(client));
      // Whichever client it was: the server answers.
      this.doubted = false;
      return result;
    } catch (error) {
      this.note(error, client);
      throw error;
    }
  }

  /** For what is not a call. An error of a client that was replaced meanwhile says nothing about the present one. */
  note(error: unknown, client: EventStoreDBClient): void {
    if (client === this.current && breaksConnection(error)) this.doubted = true;
  }

  /**
   * After a failure nothing is written before the server has answered a look: so while it is away, writes fail at once and for certain.
   * Fails with `LogUnavailable`.
   */
  async trusted(look: (ms: number) => Promise<unknown>): Promise<void> {
    if (!this.doubted) return;
    this.probing ??= look(PROBE_MS)
      .then(() => undefined)
      .finally(() => (this.probing = null));
    try {
      await this.probing;
    } catch (error) {
      throw unavailable('nothing is written', error);
    }
  }

  /** Ends every call and subscription. */
  async close(): Promise<void> {
    this.closing.abort();
    const clients = [this.current, ...this.retiring.keys()];
    for (const timer of this.retiring.values()) clearTimeout(timer);
    this.retiring.clear();
    await Promise.all(clients.map(end));
  }

  private replace(): void {
    const old = this.current;
    this.current = this.connect();
    this.replacedAt = performance.now();
    const timer = setTimeout(() => {
      this.retiring.delete(old);
      void end(old);
    }, GRACE_MS);
    this.retiring.set(old, timer.unref());
  }

  private connect(): EventStoreDBClient {
    const client = EventStoreDBClient.connectionString(withOwnSettings(this.connectionString, this.generation++));
    // The batched append of this client keeps the answers it waits for in one table for the whole process: the failure of any connection
    // rejects the appends of all others, and the next answer to one of those then throws where nothing can catch it, and ends the process.
    // It also asks for the server's abilities without any deadline. The plain append has neither flaw (docs/adr/0012).
    client['supports'] = () => Promise.resolve(false);
    return client;
  }
}

const withOwnSettings = (connectionString: string, generation: number): string => {
  const [address = '', query = ''] = connectionString.trim().split('?', 2);
  const settings = new Map(
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
  const timeout = Number(settings.get('keepAliveTimeout') ?? KEEP_ALIVE_TIMEOUT_MS);
  if (timeout >= 0) settings.set('keepAliveTimeout', String(timeout + (generation % 1_000)));
  const cluster = address.startsWith('esdb+discover:') || address.includes(',');
  if (cluster)
    for (const pair of DISCOVERY.split('&')) {
      const [key = '', value = ''] = pair.split('=');
      if (!settings.has(key)) settings.set(key, value);
    }
  return `${address}?${[...settings].map((pair) => pair.join('=')).join('&')}`;
};

/** The client's own `dispose` leaves its connection open. */
const end = async (client: EventStoreDBClient): Promise<void> => {
  await within(GRACE_MS, 'the end of the connection', client.dispose()).catch(() => undefined);
  await within(GRACE_MS, 'the connection', client['getChannel']())
    .then((channel) => {
      channel.close();
    })
    .catch(() => undefined);
};
