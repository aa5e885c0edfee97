import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Database } from './database.js';

/** Another process works on the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  constructor(folder: string, holder: string) {
    super(
      `${holder} already uses the data folder ${folder}. ` +
        'Stop it first, or start this one with another PARLEY_DATA_DIR and PARLEY_PORT.',
    );
  }
}

/** A folder that one process at a time works on. The lock is the operating system's: it ends with the process, however that ends. */
export class DataFolder {
  private constructor(
    readonly path: string,
    private readonly lock: Database,
  ) {}

  /** Makes the folder, readable by its owner only. Fails with `DataFolderInUse`. */
  static open(path: string): DataFolder {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    process.umask(0o077); // for the whole process: every file that it makes from now on is its owner's alone
    const lock = new DatabaseSync(join(path, 'lock.sqlite'), { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch {
      lock.close();
      throw new DataFolderInUse(path, holderOf(path));
    }
    return new DataFolder(path, lock);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  close(): void {
    this.lock.close();
  }
}

/** Whoever wrote `server.json` last: it holds the lock, or another program (a command line) does. */
const holderOf = (folder: string): string => {
  try {
    const file = join(folder, 'server.json');
    if (existsSync(file)) {
      const { pid, url } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; url: string };
      return `Parley at ${url} (process ${pid})`;
    }
  } catch {
    // A half-written file says nothing; the lock says enough.
  }
  return 'Another Parley process';
};
