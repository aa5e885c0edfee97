import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { SqliteEventLog } from '../../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { allOf } from '../../support/eventually.js';
import { describeWith, findProgram } from '../../support/needed-program.js';
import { traced, type Traced } from '../../support/strace.js';
import { tempFolder, type TempFolder } from '../../support/temp-folder.js';
import { ackedIn, APPENDING_CHILD } from './appending-child.js';

const server = new URL('../../../dist/server', import.meta.url).href;
const SYNCS = 'fsync,fdatasync';
const synced = (line: string): boolean => /(fsync|fdatasync)(\(| resumed>).*= 0$/.test(line);

/** Acknowledgements before which no sync had succeeded since the one before. */
const ackedUnsynced = (trace: readonly string[]): string[] => {
  const found: string[] = [];
  let syncs = 0;
  for (const line of trace) {
    if (synced(line)) syncs++;
    const ack = /write\(1, "(ACK \d+)/.exec(line);
    if (!ack) continue;
    if (syncs === 0) found.push(ack[1]!);
    syncs = 0;
  }
  return found;
};

describeWith('strace', findProgram('strace'), 'a log whose system calls are traced', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => {
    folder.remove();
  });
  const run = (options: readonly string[], count: number): Promise<Traced> =>
    traced(options, APPENDING_CHILD, [server, folder.file('log.sqlite'), String(count)], folder.file('trace'));
  const stored = async (): Promise<string[]> => {
    const log = await SqliteEventLog.open(folder.file('log.sqlite'), new SealingCodec(new MemoryKeyStore()));
    const events = await allOf(log.read('desk-00000001-0000-4000-8000-000000000001'));
    await log.close();
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, n) => n));
    return events.map(({ id }) => id);
  };

  it('R4 acknowledges nothing before it is synced, and syncs once for each commit at least', async () => {
    const { code, output, trace } = await run(['-e', `trace=${SYNCS},write`], 100);
    expect(output).toContain('DONE');
    expect(code).toBe(0);
    expect(ackedIn(output)).toHaveLength(100);
    expect(trace.filter((line) => /write\(1, "ACK/.test(line))).toHaveLength(100); // the trace saw them
    expect(trace.filter(synced).length).toBeGreaterThanOrEqual(100);
    expect(ackedUnsynced(trace)).toEqual([]);
    expect(await stored()).toEqual(ackedIn(output));
  });

  it('R11 never acknowledges on a failed sync, opens the file anew and goes on: nothing lost, nothing twice', async () => {
    const { output, trace } = await run(
      ['-e', `trace=${SYNCS},write`, '-e', `inject=${SYNCS}:error=EIO:when=12+9`],
      200,
    );
    expect(trace.filter((line) => line.includes('INJECTED')).length).toBeGreaterThanOrEqual(20); // the fault was on
    expect(output).toContain('FAILED');
    expect(output).toContain('DONE');
    expect(output).toMatch(/AppendOutcomeUnknown/);
    expect(ackedUnsynced(trace)).toEqual([]);
    expect(ackedIn(output)).toHaveLength(200);
    expect(await stored()).toEqual(ackedIn(output));
  });

  it.each([13, 17, 26, 35, 51])('R3 killed at sync %d loses nothing acknowledged', async (when) => {
    const { output } = await run(['-e', `trace=${SYNCS}`, '-e', `inject=${SYNCS}:signal=SIGKILL:when=${when}`], 400);
    expect(output).toContain('READY');
    expect(output).not.toContain('DONE'); // the fault was on
    const acked = ackedIn(output);
    const found = await stored();
    expect(acked.length).toBeGreaterThan(0);
    expect(found.slice(0, acked.length)).toEqual(acked);
    expect(found.length - acked.length).toBeLessThanOrEqual(1);
  });

  it('R3 killed amid a write to the file loses nothing acknowledged', async () => {
    for (const when of [40, 77, 131]) {
      const { output } = await run(['-e', 'trace=pwrite64', '-e', `inject=pwrite64:signal=SIGKILL:when=${when}`], 400);
      expect(output).toContain('READY');
      expect(output).not.toContain('DONE'); // the fault was on
      const acked = ackedIn(output);
      expect((await stored()).slice(0, acked.length)).toEqual(acked);
      folder.remove();
      folder = tempFolder();
    }
  });
});
