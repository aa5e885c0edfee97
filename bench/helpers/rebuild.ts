import { ROOT } from '../built.js';
import type { Started } from '../started.js';

/** What `parley projections rebuild NAME --yes --json` prints. */
export interface Rebuilt {
  readonly projection: string;
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly peakRssBytes: number;
  readonly verified: boolean;
  readonly differences: number;
}

const USAGE = 2;

/** Rebuilds one projection in a process of its own; `null` where this version of `parley` has no such command. */
export const rebuild = async (started: Started, dataDir: string, projection: string): Promise<Rebuilt | null> => {
  const child = started.process(
    `${ROOT}bin/parley.js`,
    ['projections', 'rebuild', projection, '--yes', '--json'],
    { PARLEY_DATA_DIR: dataDir },
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: dataDir },
  );
  let [out, err] = ['', ''];
  child.stdout?.on('data', (data: Buffer) => (out += data.toString('utf8')));
  child.stderr?.on('data', (data: Buffer) => (err += data.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code === USAGE) return null;
  if (code !== 0) throw new Error(`the rebuild of ${projection} ended with ${String(code)}: ${err}`);
  return JSON.parse(out) as Rebuilt;
};
