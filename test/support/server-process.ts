import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program of the built product in a process of its own. Of the environment it gets what it is given, and nothing named PARLEY_. */
export class BuiltProgram {
  out = '';
  err = '';
  private readonly ended: Promise<Ended>;

  private constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (data: Buffer) => (this.out += data.toString('utf8')));
    child.stderr?.on('data', (data: Buffer) => (this.err += data.toString('utf8')));
    this.ended = new Promise((resolve) => {
      child.on('close', (code) => {
        resolve({ code, out: this.out, err: this.err });
      });
    });
  }

  static start(
    script: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    options: { readonly input?: string; readonly cwd?: string } = {},
  ): BuiltProgram {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('PARLEY_') && name !== 'NODE_ENV',
    );
    const child = spawn(process.execPath, [`${ROOT}${script}`, ...args], {
      cwd: options.cwd ?? ROOT,
      env: { ...Object.fromEntries(inherited), ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined); // a program that ended without reading
    child.stdin.end(options.input ?? '');
    return new BuiltProgram(child);
  }

  /** `parley …`. */
  static cli(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    options: { readonly input?: string; readonly cwd?: string } = {},
  ): Promise<Ended> {
    return BuiltProgram.start('bin/parley.js', args, environment, options).wait();
  }

  /** The server, when it says that it is ready. Fails with what it said when it ends before. */
  static async server(
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<BuiltProgram> {
    const server = BuiltProgram.start('dist/program/main.js', args, { PARLEY_LOG_LEVEL: 'error', ...environment });
    await eventually(
      'a server that is ready',
      () => {
        if (server.child.exitCode !== null) throw new Error(`the server ended: ${server.err}`);
        return server.out.includes('is ready.') && server.out.endsWith('\n\n');
      },
      { withinMs: 20_000, found: () => server.err },
    );
    return server;
  }

  get address(): string {
    return /Address +(\S+)/.exec(this.out)?.[1] ?? '';
  }

  wait(): Promise<Ended> {
    return this.ended;
  }

  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}
