import { DatabaseSync } from '@photostructure/sqlite';
import type { Worker } from 'node:worker_threads';
import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import { streamId, type StreamId } from '../../src/application/ports/event-log.js';
import { asId } from '../../src/domain/kernel/ids.js';
import { program } from '../../src/infrastructure/event-log/sqlite/log-program.js';
import {
  SqliteEventLog,
  type SqliteEventLogOptions,
} from '../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import { MemoryKeyStore } from '../../src/infrastructure/vault/memory/memory-vault.js';
import { allOf, eventually } from '../support/eventually.js';
import { busyChosen, fresh, nthId, posted, someStream } from '../support/events.js';
import { MovedClock } from '../support/moved-clock.js';
import { tempFolder } from '../support/temp-folder.js';

const PEOPLE = 20;
const EACH = 30;
const SMALL_STEPS = { streams: 7, most: 11, pauseMs: 1 };

describe('ADR 0006 pruning of the log in SQLite', () => {
  const folder = tempFolder();
  const codec = new SealingCodec(new MemoryKeyStore());
  const open: SqliteEventLog[] = [];
  let file = 0;
  beforeEach(() => {
    file++;
  });
  afterEach(async () => {
    for (const log of open.splice(0)) await log.close();
  });
  afterAll(() => {
    folder.remove();
  });

  const path = () => folder.file(`${file}.sqlite`);
  const opened = async (options: SqliteEventLogOptions): Promise<SqliteEventLog> => {
    const log = await SqliteEventLog.open(path(), codec, options);
    open.push(log);
    return log;
  };
  const people: readonly StreamId[] = Array.from({ length: PEOPLE }, (_, n) => streamId('presence', nthId(n, 7)));
  const fill = async (log: SqliteEventLog, clock: MovedClock): Promise<void> => {
    for (const stream of people) {
      const user = asId<never>(stream.slice('presence-'.length));
      const events = Array.from({ length: EACH }, (_, n) => fresh(busyChosen(user, clock.now(), `${n}`)));
      await log.append(stream, events, 'no-stream');
    }
  };
  const left = async (log: SqliteEventLog): Promise<number[][]> =>
    Promise.all(people.map(async (stream) => (await allOf(log.read(stream))).map(({ revision }) => revision)));

  it('is taken up by the next opening when the writer is killed in the middle, with no hole in any stream', async () => {
    const clock = new MovedClock();
    let log = await opened({ clock, pruning: SMALL_STEPS });
    await fill(log, clock);
    clock.passDays(31);
    let before = PEOPLE * EACH;
    for (let kills = 0; kills < 5; kills++) {
      const failed = log.prune().then(
        () => false,
        () => true,
      );
      await eventually('a part is deleted', async () => (await left(log)).flat().length < before);
      await (log as unknown as { thread: { worker: Worker } }).thread.worker.terminate();
      expect(await failed).toBe(true);
      await log.close();
      log = await opened({ clock, pruning: SMALL_STEPS });
      const revisions = await left(log);
      expect(revisions.flat().length).toBeGreaterThan(PEOPLE);
      for (const of of revisions) expect(of).toEqual(Array.from({ length: of.length }, (_, n) => EACH - of.length + n));
      before = revisions.flat().length;
      // What is said to be missing is missing.
      expect((await log.dropped('presence', 0))?.category).toBe('presence');
    }
    expect(await log.prune()).toBe(before - PEOPLE);
    expect(await left(log)).toEqual(people.map(() => [EACH - 1]));
    expect(await log.prune()).toBe(0);
  });

  it('happens by itself, and appends go on between its steps', async () => {
    const clock = new MovedClock();
    const first = await opened({ clock });
    await fill(first, clock);
    await first.close();
    clock.passDays(31);
    const log = await opened({ clock, pruning: { firstMs: 1, everyMs: 5, streams: 3, most: 5, pauseMs: 5 } });
    await eventually('its beginning', async () => (await left(log)).flat().length < PEOPLE * EACH);
    const stream = someStream();
    for (let n = 0; n < 20; n++)
      await log.append(stream, [fresh(posted(stream, n + 1))], n === 0 ? 'no-stream' : n - 1);
    expect((await left(log)).flat().length).toBeGreaterThan(PEOPLE);
    await eventually('its end', async () => (await left(log)).flat().length === PEOPLE);
    expect(await allOf(log.read(stream))).toHaveLength(20);
    // And again, for what grew old since.
    clock.passDays(31);
    const user = asId<never>(people[0]?.slice('presence-'.length) ?? '');
    await log.append(people[0] ?? stream, [fresh(busyChosen(user, clock.now(), 'back'))], EACH - 1);
    await eventually('the next pass', async () => (await left(log))[0]?.length === 1);
  });

  it('overwrites what it deletes, in the file too', async () => {
    const clock = new MovedClock();
    const log = await opened({ clock });
    await fill(log, clock);
    const at = (await allOf(log.read(people[3]!)))[0]!.id;
    clock.passDays(31);
    await log.prune();
    await log.close();
    open.splice(0);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(path()).includes(at)).toBe(false);
  });

  it('never looks through the log: every statement goes by an index', () => {
    const database = new DatabaseSync(':memory:');
    for (const step of program.steps) database.exec(step);
    const statements: string[] = [];
    const spied = new Proxy(database, {
      get: (target, name) =>
        name === 'prepare'
          ? (sql: string) => {
              statements.push(sql);
              return target.prepare(sql);
            }
          : (Reflect.get(target, name) as unknown),
    });
    program.open(spied);
    const plans = statements.flatMap((sql) => {
      const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
      return rows.map(({ detail }) => detail);
    });
    expect(statements.some((sql) => sql.startsWith('DELETE'))).toBe(true);
    expect(plans.filter((detail) => /^SCAN (?!CONSTANT)/.test(detail))).toEqual([]);
    database.close();
  });

  it('takes a file of the version before, with what it holds', async () => {
    const clock = new MovedClock();
    const log = await opened({ clock });
    await fill(log, clock);
    await log.close();
    open.splice(0);
    const database = new DatabaseSync(path());
    database.exec('DROP TABLE pruned; PRAGMA user_version = 1');
    database.close();
    clock.passDays(31);
    const next = await opened({ clock });
    expect(await next.prune()).toBe(PEOPLE * (EACH - 1));
    expect(await left(next)).toEqual(people.map(() => [EACH - 1]));
  });
});
