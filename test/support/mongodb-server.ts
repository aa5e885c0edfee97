import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { MongoClient } from 'mongodb';
import { MongoConnection } from '../../src/infrastructure/mongodb/mongo-connection.js';
import { BUILD_MS, ferretdbProgram } from '../servers/ferretdb-program.js';
import { describeWith, findProgram } from './needed-program.js';
import { freePort } from './server-process.js';
import { tempFolder, type TempFolder } from './temp-folder.js';

/** A server that somebody else runs, for instance a replica set. */
const URL_GIVEN = process.env['PARLEY_TEST_MONGODB_URL'];
const MONGOD = findProgram('mongod');
const GO = findProgram('go');

/**
 * A server that speaks MongoDB's protocol: the one that PARLEY_TEST_MONGODB_URL names, else a `mongod` of this machine, else FerretDB, built with Go.
 * Those of this machine have a folder of their own and end with the test file.
 */
export class MongodbServer {
  private child: ChildProcess | null = null;
  private folder: TempFolder | null = null;
  private port = 0;
  private readonly databases: string[] = [];

  /** Whether tests may stop it. */
  get isOurs(): boolean {
    return URL_GIVEN === undefined;
  }

  /** Resolves when it answers. After `stop`: again on the same folder and port. */
  async start(): Promise<void> {
    if (this.isOurs) {
      this.folder ??= tempFolder();
      if (this.port === 0) this.port = await freePort();
      const [program, ...args] = await commandFor(this.port, this.folder.path);
      this.child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    }
    await this.asked(async (client) => client.db('admin').command({ ping: 1 }));
  }

  /** Kills it, as a crash would. */
  async stop(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    if (!this.isOurs)
      await this.asked(async (client) => {
        for (const name of this.databases) await client.db(name).dropDatabase();
      });
    await this.stop();
    this.folder?.remove();
  }

  /** Where it listens. */
  get address(): { readonly host: string; readonly port: number } {
    const { hostname, port } = new URL(this.base);
    return { host: hostname, port: Number(port || 27_017) };
  }

  /** The connection string of a new, empty database. `port`: of something in between. */
  newDatabase(port?: number): string {
    const url = new URL(this.base);
    const name = `parley_test_${randomUUID().replaceAll('-', '')}`;
    this.databases.push(name);
    url.pathname = `/${name}`;
    if (port !== undefined) {
      url.host = `127.0.0.1:${port}`;
      url.searchParams.set('directConnection', 'true');
    }
    return url.href;
  }

  /** A store on a new, empty database and on a connection of its own. */
  async openStore<T>(open: (connection: MongoConnection) => Promise<T>) {
    const url = this.newDatabase();
    let connection = await MongoConnection.open(url);
    let store = await open(connection);
    return {
      get store() {
        return store;
      },
      reopen: async () => {
        await connection.close();
        connection = await MongoConnection.open(url);
        store = await open(connection);
      },
      close: () => connection.close(),
    };
  }

  private get base(): string {
    return URL_GIVEN ?? `mongodb://127.0.0.1:${this.port}/`;
  }

  private async asked(question: (client: MongoClient) => Promise<unknown>): Promise<void> {
    const client = new MongoClient(this.base, { serverSelectionTimeoutMS: 20_000 });
    try {
      await question(client);
    } finally {
      await client.close();
    }
  }
}

const commandFor = async (port: number, folder: string): Promise<[string, ...string[]]> =>
  MONGOD === null
    ? [await ferretdbProgram(GO ?? 'go'), `127.0.0.1:${port}`, folder]
    : [MONGOD, '--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1'];

/** A group of tests with a server for all of them. */
export const describeWithMongodb = (title: string, tests: (server: MongodbServer) => void): void => {
  describeWith('mongod or Go', URL_GIVEN ?? MONGOD ?? GO, title, () => {
    const server = new MongodbServer();
    beforeAll(() => server.start(), BUILD_MS);
    afterAll(() => server.end());
    tests(server);
  });
};
