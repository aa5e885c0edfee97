import { createServer, type AddressInfo } from 'node:net';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { LIMITS_RAISED } from './raised-limits.js';
import { SERVER_PROGRAM } from './built.js';
import { ended, type Started } from './started.js';
import { until } from './waiting.js';

const START_MS = 60_000;
/** A million events may have to be projected first. */
const LEVEL_MS = 1_800_000;

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

interface Readiness {
  readonly status: string;
  readonly log: { readonly position: number };
  readonly projections: readonly { readonly position: number; readonly lag: number }[];
}

type Environment = Readonly<Record<string, string>>;

/** The built server in a process of its own, with raised rate limits. */
export class Server {
  private said = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Of `performance.now`, just before it was executed. */
    readonly launchedAt: number,
  ) {
    const keep = (data: Buffer): void => {
      this.said = (this.said + data.toString('utf8')).slice(-4_000);
    };
    child.stderr?.on('data', keep);
    child.stdout?.on('data', keep);
  }

  /** Executes the server, and waits for nothing. */
  static async launch(started: Started, dataDir: string, more: Environment = {}): Promise<Server> {
    mkdirSync(dataDir, { recursive: true });
    const port = await freePort();
    const environment = {
      PARLEY_PORT: String(port),
      PARLEY_DATA_DIR: dataDir,
      PARLEY_DEMO: 'false',
      PARLEY_LOG_LEVEL: 'error',
      ...LIMITS_RAISED,
      ...more,
    };
    const launchedAt = performance.now();
    const child = started.process(SERVER_PROGRAM, [], environment, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: dataDir, // no .env of whoever calls
    });
    return new Server(child, `http://127.0.0.1:${port}`, launchedAt);
  }

  /** Launches it and waits until every read model is level with the log. */
  static async start(started: Started, dataDir: string, more: Environment = {}): Promise<Server> {
    const server = await Server.launch(started, dataDir, more);
    await until('a server that answers', async () => (await server.readiness()) !== null, { withinMs: START_MS });
    await server.level();
    return server;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What it printed last, log lines of errors among it. */
  get words(): string {
    return this.said;
  }

  async level(): Promise<void> {
    const isLevel = async (): Promise<boolean> => {
      const readiness = await this.readiness();
      return readiness?.status === 'ready' && readiness.projections.every(({ lag }) => lag === 0);
    };
    await until('read models that are level with the log', isLevel, { withinMs: LEVEL_MS, everyMs: 25 });
  }

  async stop(): Promise<void> {
    await ended(this.child, 'SIGTERM');
  }

  private async readiness(): Promise<Readiness | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null)
      throw new Error(`the server ended: ${this.said}`);
    try {
      return (await (await fetch(`${this.url}/health/ready`)).json()) as Readiness;
    } catch {
      return null; // not listening yet
    }
  }
}
