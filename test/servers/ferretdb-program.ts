import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from '../support/eventually.js';

const SOURCES = fileURLToPath(new URL('./ferretdb/', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
/** A first build fetches the modules and takes minutes. */
export const BUILD_MS = 600_000;

/** The built server. It is built by the first of many test files that ask at once, and again only when its sources change. */
export const ferretdbProgram = async (go: string): Promise<string> => {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go', 'relay.go']) hash.update(readFileSync(join(SOURCES, name)));
  const program = join(CACHE, `ferretdb-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const lock = `${program}.lock`;
  await eventually('the lock of the build', () => existsSync(program) || locked(lock), { withinMs: BUILD_MS });
  if (existsSync(program)) return program;
  try {
    const unfinished = `${program}.${process.pid}`;
    await promisify(execFile)(go, ['build', '-o', unfinished, '.'], { cwd: SOURCES });
    renameSync(unfinished, program);
    return program;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

/** Takes the lock, or that of a builder who was killed. */
const locked = (lock: string): boolean => {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > BUILD_MS)
      rmSync(lock, { recursive: true, force: true });
    return false;
  }
};
