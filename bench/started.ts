import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything that a bench started or made. `endAll` is synchronous, so that it also works while the process ends. */
export class Started {
  private readonly processes = new Set<ChildProcess>();
  private root: string | null = null;
  private folders = 0;

  /** Of the environment a process gets what it is given, and nothing named PARLEY_. */
  process(
    script: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    options: Pick<SpawnOptions, 'stdio' | 'cwd'>,
  ): ChildProcess {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('PARLEY_') && name !== 'NODE_ENV',
    );
    const child = spawn(process.execPath, [script, ...args], {
      ...options,
      env: { ...Object.fromEntries(inherited), ...environment },
    });
    this.processes.add(child);
    child.on('exit', () => this.processes.delete(child));
    return child;
  }

  /** A path for a new folder below the bench's one temporary folder. */
  folder(name: string): string {
    this.root ??= mkdtempSync(join(tmpdir(), 'parley-bench-'));
    return join(this.root, `${name}-${++this.folders}`);
  }

  /** The data is thrown away: nothing needs to be finished first. */
  endProcesses(): void {
    for (const child of this.processes) child.kill('SIGKILL');
  }

  endAll(): void {
    this.endProcesses();
    if (this.root !== null) rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    this.root = null;
  }
}

/** Ends a process and waits until it is gone. */
export const ended = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
};
