import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { LogUnavailable, type NewEvent, type StreamId } from '../../../src/application/ports/event-log.js';
import { SqliteEventLog } from '../../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { allOf } from '../../support/eventually.js';
import { fresh, posted, someStream } from '../../support/events.js';
import { LogFollower } from '../../support/log-follower.js';
import { tempFolder, type TempFolder } from '../../support/temp-folder.js';

const ROOM = 60; // pages of 4,096 bytes
const text = 'x'.repeat(2_000);

describe('R10 a full disk', () => {
  const codec = new SealingCodec(new MemoryKeyStore());
  let folder: TempFolder;
  let log: SqliteEventLog;
  const open = async (maxPages?: number) => {
    log = await SqliteEventLog.open(folder.file('log.sqlite'), codec, maxPages === undefined ? {} : { maxPages });
  };
  beforeEach(async () => {
    folder = tempFolder();
    await open(ROOM);
  });
  afterEach(async () => {
    await log.close();
    folder.remove();
  });

  /** Appends one after the other until there is no room; proves that it came to that. */
  const fill = async (stream: StreamId): Promise<{ acked: NewEvent[]; refused: NewEvent; failure: Error }> => {
    const acked: NewEvent[] = [];
    for (let n = 0; n < 1_000; n++) {
      const event = fresh(posted(stream, n + 1, text));
      try {
        await log.append(stream, [event], n === 0 ? 'no-stream' : n - 1);
        acked.push(event);
      } catch (failure) {
        return { acked, refused: event, failure: failure as Error };
      }
    }
    throw new Error('the disk was never full: the fault was not on');
  };
  const idsIn = async (stream: StreamId) => (await allOf(log.read(stream))).map(({ id }) => id);

  it('refuses an append as store_full, and it is not there', async () => {
    const stream = someStream();
    const { acked, failure } = await fill(stream);
    expect(acked.length).toBeGreaterThan(10);
    expect(failure).toBeInstanceOf(LogUnavailable);
    expect(failure).toMatchObject({ code: 'store_full' });
    expect(await idsIn(stream)).toEqual(acked.map(({ id }) => id));
    expect(await log.head()).toBe(acked.length);
  });

  it('goes on serving reads and followers, and goes on refusing', async () => {
    const stream = someStream();
    const { acked, refused } = await fill(stream);
    const follower = new LogFollower(log);
    await follower.caughtUp();
    for (let n = 0; n < 5; n++)
      await expect(log.append(stream, [refused], acked.length - 1)).rejects.toMatchObject({ code: 'store_full' });
    expect(await idsIn(stream)).toEqual(acked.map(({ id }) => id));
    expect(follower.events).toHaveLength(acked.length);
    await follower.stop();
  });

  it('acknowledges nothing of a commit that has no room, and everything of those that have', async () => {
    const streams = Array.from({ length: 120 }, someStream);
    const tried = await Promise.allSettled(
      streams.map((stream) => log.append(stream, [fresh(posted(stream, 1, text))], 'no-stream')),
    );
    const acked = streams.filter((_, n) => tried[n]?.status === 'fulfilled');
    expect(acked.length).toBeLessThan(streams.length);
    for (const [n, stream] of streams.entries())
      expect(await idsIn(stream)).toHaveLength(tried[n]?.status === 'fulfilled' ? 1 : 0);
  });

  it('is served again when there is room: nothing lost, and the refused event is taken once', async () => {
    const stream = someStream();
    const { acked, refused } = await fill(stream);
    await log.close();
    await open(ROOM * 10);
    const last = acked.length - 1;
    const first = await log.append(stream, [refused], last);
    expect(await log.append(stream, [refused], last)).toEqual(first);
    expect(await idsIn(stream)).toEqual([...acked, refused].map(({ id }) => id));
  });
});
