import type { Engine } from '../../src/engine.js';
import { DEMO_PASSWORD } from '../../src/demo.js';
import { loadConfig, type Config } from '../../src/infrastructure/config/config.js';
import { openEngine } from '../../src/open-engine.js';
import { createLogger } from '../../src/infrastructure/telemetry/logger.js';
import { startServer, type RunningServer } from '../../src/server.js';
import { distributedEnvironment, onDistributedEngines } from './distributed-servers.js';
import { eventually } from './eventually.js';
import { openMemoryEngine } from './memory-engine.js';
import { tempFolder } from './temp-folder.js';
import { WireClient } from './wire-client.js';

export type EngineName = 'memory' | 'embedded' | 'distributed';
/** Where a suite runs that does not care; with the switch of `distributed-servers.ts` on EventStoreDB and MongoDB. */
export const ENGINES: readonly EngineName[] = onDistributedEngines ? ['distributed'] : ['memory', 'embedded'];
const [STANDARD] = ENGINES;

export interface WorldOptions {
  readonly engine?: EngineName;
  readonly environment?: Readonly<Record<string, string>>;
  readonly config?: Partial<Config>;
  /** A folder of an earlier world. */
  readonly dataDir?: string;
  /** Another node of this world: on its engine. */
  readonly beside?: World;
  /** Looks at, or changes, the engine before the server starts. */
  readonly prepare?: (engine: Engine) => void | Promise<void>;
}

/** High rates: tests are faster than people. Tests of limits set their own. */
const UNLIMITED = {
  PARLEY_LIMIT_COMMANDS_PER_SECOND: '100000',
  PARLEY_LIMIT_COMMANDS_BURST: '100000',
  PARLEY_LIMIT_QUERIES_PER_SECOND: '100000',
  PARLEY_LIMIT_QUERIES_BURST: '100000',
  PARLEY_LIMIT_FINDS_PER_SECOND: '100000',
  PARLEY_LIMIT_FINDS_BURST: '100000',
  PARLEY_LIMIT_SIGN_INS_PER_MINUTE: '100000',
  PARLEY_LIMIT_SIGN_INS_QUEUED: '1000',
};

/** A server with the demo people in this process, on a port of its own, and clients of its wire protocol. */
export class World {
  private readonly clients: WireClient[] = [];

  private constructor(
    readonly engine: Engine,
    readonly server: RunningServer,
    readonly config: Config,
    private readonly removeData: () => void,
  ) {}

  static async start({
    engine = STANDARD ?? 'memory',
    environment = {},
    config = {},
    dataDir,
    beside,
    prepare,
  }: WorldOptions = {}): Promise<World> {
    const temp = dataDir === undefined ? tempFolder() : null;
    const folder = dataDir ?? temp?.path ?? '';
    const loaded: Config = {
      ...loadConfig({
        PARLEY_PORT: '0',
        PARLEY_DATA_DIR: folder,
        PARLEY_LOG_LEVEL: 'silent',
        ...(engine === 'distributed' ? await distributedEnvironment(folder) : {}),
        ...UNLIMITED,
        ...environment,
      }),
      ...config,
    };
    const opened = beside?.engine ?? (engine === 'memory' ? openMemoryEngine() : await openEngine(loaded));
    await prepare?.(opened);
    const server = await startServer(opened, loaded, createLogger(loaded.logLevel), 'no web client');
    return new World(opened, server, loaded, () => temp?.remove());
  }

  get url(): string {
    const { port } = new URL(this.server.listening);
    return `http://127.0.0.1:${port}`;
  }

  /** Signed in, not connected. */
  async person(login: string): Promise<WireClient> {
    const client = await WireClient.signIn(this.url, login, DEMO_PASSWORD);
    this.clients.push(client);
    return client;
  }

  /** Goes on with a session of an earlier world. */
  adopt(session: WireClient['session']): WireClient {
    const client = new WireClient(this.url, session);
    this.clients.push(client);
    return client;
  }

  /** Signed in and connected. */
  async client(login: string): Promise<WireClient> {
    return (await this.person(login)).connect();
  }

  /** Open connections of a person, as the server counts them. */
  async connections(login: string): Promise<number> {
    const userId = (await this.engine.credentials.find(login))?.userId;
    return userId === undefined ? 0 : this.server.connectionsOf(userId);
  }

  async ready(): Promise<{ status: number; body: ReadyBody }> {
    const response = await fetch(`${this.url}/health/ready`);
    return { status: response.status, body: (await response.json()) as ReadyBody };
  }

  /**
   * Proves for every connected client that what it was sent adds up to what a new one is given, then stops the server. Everything that the server
   * pushes must have reached the clients.
   */
  async close(): Promise<void> {
    const head = await this.engine.log.head();
    await Promise.race([
      this.server.settled(),
      eventually('level read models', () =>
        this.server.projections().every(({ position, state }) => position >= head || state === 'stopped'),
      ),
    ]);
    for (const client of this.clients) {
      if (client.closed !== null || client.socket === null || client.position === undefined) continue;
      await this.proveLevel(client, head);
    }
    await this.stop();
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await this.server.close();
    this.removeData();
  }

  private async proveLevel(client: WireClient, head: number): Promise<void> {
    const byId = <T>(placed: Iterable<{ doc: T }>): T[] =>
      [...placed].map(({ doc }) => doc).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    const snapshot = await client.freshSnapshot();
    const given = {
      head,
      conversations: byId(snapshot.conversations),
      tabs: byId(snapshot.tabs),
      favorites: byId(snapshot.favorites),
      requests: byId(snapshot.requests),
      watchers: byId(snapshot.watchers),
      presences: byId(snapshot.presences),
    };
    const pushed = () => {
      const { conversation, tab, favorite, request, watcher, presence } = client.documents;
      return {
        head,
        conversations: byId(conversation.values()),
        tabs: byId(tab.values()),
        favorites: byId(favorite.values()),
        requests: byId(request.values()),
        watchers: byId(watcher.values()),
        presences: byId(presence.values()),
      };
    };
    // The last deltas may still be on their way, or a resync under way.
    const isLevel = (): boolean => JSON.stringify(pushed()) === JSON.stringify(given);
    await eventually('the state of a new client', isLevel, { withinMs: 5_000 }).catch(() => undefined);
    expect(pushed()).toEqual(given);
    const { conversation, message } = client.documents;
    for (const { doc } of conversation.values()) {
      const transcript = new Map((await client.transcript(doc.id)).map((placed) => [placed.doc.sequence, placed.doc]));
      for (const { doc: one } of message.values())
        if (one.conversationId === doc.id) expect(one).toEqual(transcript.get(one.sequence));
    }
  }
}

export interface ReadyBody {
  readonly status: string;
  readonly live: { readonly status: string; readonly reason: string | null };
  readonly projections: readonly { projection: string; state: string; position: number; reason: string | null }[];
}
