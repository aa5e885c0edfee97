import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Measurement } from '../../bench/figures.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('npm run bench', () => {
  let folder: TempFolder;
  beforeAll(async () => {
    folder = tempFolder();
    await run(process.execPath, ['bench/build.mjs'], { cwd: ROOT });
  });
  afterAll(() => folder.remove());

  const bench = (...args: readonly string[]): Promise<Ended> =>
    run(process.execPath, ['dist/bench/main.js', ...args], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: folder.path },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: unknown) => error as Ended,
    );

  it('measures, writes each figure with its spread, and leaves nothing behind', async () => {
    const file = folder.file('figures.json');
    const ended = await bench('append', 'one-to-one', '--smoke', '--json', file);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toContain('PARLEY_LIMIT_COMMANDS_PER_SECOND=1000000');
    const measurements = JSON.parse(readFileSync(file, 'utf8')) as Measurement[];
    expect(measurements.map(({ scenario, load }) => `${scenario}: ${load}`)).toEqual([
      'append: 1 in flight',
      'append: 16 in flight',
      'append: 256 in flight',
      'one-to-one: 100/s',
      'one-to-one: 300/s',
      'one-to-one: closed loop',
    ]);
    for (const { figures } of measurements)
      for (const { median, min, max, runs } of Object.values(figures)) {
        expect(runs).toBe(1);
        expect(min).toBeLessThanOrEqual(median);
        expect(max).toBeGreaterThanOrEqual(median);
      }
    const figures = measurements.at(-1)!.figures;
    expect(figures).toMatchObject({ lost: { max: 0 }, unacknowledged: { max: 0 }, errors: { max: 0 } });
    for (const name of ['messagesPerSecond', 'cpuMicrosPerDelivery', 'p50Ms', 'p99Ms', 'rssMiB', 'loadUtilisation'])
      expect({ name, min: figures[name]?.min }).toEqual({ name, min: expect.any(Number) as number });
    expect(readdirSync(folder.path)).toEqual(['figures.json']);
  }, 60_000);

  it.each([
    ['an unknown scenario', ['one-to-many'], 'there is no scenario one-to-many'],
    ['an unknown option', ['--fast'], "Unknown option '--fast'"],
    ['no runs', ['--runs', '0'], '--runs 0: allowed is a number above 0'],
    ['no time', ['--seconds', '0.0'], '--seconds 0.0: allowed is a number above 0'],
  ])('refuses %s', async (_, args, words) => {
    const ended = await bench(...args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(words);
  });
});
