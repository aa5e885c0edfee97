import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { EncodedEvent } from '../../src/application/ports/event-codec.js';
import { EventStoreEventLog } from '../../src/infrastructure/event-log/eventstoredb/eventstore-event-log.js';
import { MemoryEventLog } from '../../src/infrastructure/event-log/memory/memory-event-log.js';
import { SqliteEventLog } from '../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import type { StoredEvent } from '../../src/infrastructure/event-log/stored-event.js';
import type { Tail } from '../../src/infrastructure/event-log/tail.js';
import { MemoryKeyStore } from '../../src/infrastructure/vault/memory/memory-vault.js';
import { EventStoreDouble, type DoubleOptions } from '../support/eventstore-double/eventstore-double.js';
import { writeIntoLogFile } from '../support/sqlite-log.js';
import { tempFolder } from '../support/temp-folder.js';
import { MovedClock } from '../support/moved-clock.js';
import { describeEventLog, type OpenEventLog } from './event-log.contract.js';
import { describeRetention, type AgeingEventLog } from './event-log-retention.contract.js';

const openMemory =
  (tailLength: number): (() => Promise<AgeingEventLog>) =>
  () => {
    const clock = new MovedClock();
    const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()), tailLength, undefined, clock);
    const inside = log as unknown as { stored: StoredEvent[]; tail: Tail };
    return Promise.resolve({
      log,
      clock,
      prune: async () => {
        await log.prune();
      },
      reopen: () => Promise.reject(new Error('nothing is kept')),
      writeRaw: (stream, event) => {
        const revision = inside.stored.filter((stored) => stored.stream === stream).length;
        inside.stored.push({ ...event, stream, revision, position: inside.stored.length + 1 });
        inside.tail.forget();
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    });
  };

const openSqlite =
  (tailLength: number): (() => Promise<AgeingEventLog>) =>
  async () => {
    const clock = new MovedClock();
    const options = { tailLength, clock };
    const folder = tempFolder();
    const file = folder.file('log.sqlite');
    const codec = new SealingCodec(new MemoryKeyStore());
    let log = await SqliteEventLog.open(file, codec, options);
    return {
      clock,
      prune: async () => {
        await log.prune();
      },
      get log() {
        return log;
      },
      reopen: async () => {
        await log.close();
        log = await SqliteEventLog.open(file, codec, options);
      },
      writeRaw: async (stream, event) => {
        await log.close();
        writeIntoLogFile(file, stream, event);
        log = await SqliteEventLog.open(file, codec, options);
      },
      close: async () => {
        await log.close();
        folder.remove();
      },
    };
  };

const eventStoreCodec = () => new SealingCodec(new MemoryKeyStore());
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

const openDouble =
  (options: DoubleOptions): (() => Promise<AgeingEventLog>) =>
  async () => {
    const clock = new MovedClock();
    const double = await EventStoreDouble.start({ ...options, now: () => clock.now() });
    const codec = eventStoreCodec();
    let log = await EventStoreEventLog.open(double.connectionString(), codec, { clock });
    return {
      clock,
      prune: () => {
        double.scavenge();
        return Promise.resolve();
      },
      get log() {
        return log;
      },
      reopen: async () => {
        await log.close();
        log = await EventStoreEventLog.open(double.connectionString(), codec, { clock });
      },
      writeRaw: (stream, { id, type, data, metadata }) => {
        double.journal.append(
          stream,
          [{ id, type, json: true, data: bytesOf(data), metadata: bytesOf(metadata) }],
          'any',
        );
        return Promise.resolve();
      },
      close: async () => {
        await log.close();
        await double.stop();
      },
    };
  };

/** A server that is there already: its log keeps what other tests wrote, and cannot be wiped. */
const openRealServer =
  (url: string): OpenEventLog =>
  async () => {
    const codec = eventStoreCodec();
    let log = await EventStoreEventLog.open(url, codec);
    const client = EventStoreDBClient.connectionString(url);
    return {
      get log() {
        return log;
      },
      sharedFrom: await log.head(),
      reopen: async () => {
        await log.close();
        log = await EventStoreEventLog.open(url, codec);
      },
      writeRaw: async (stream, { id, type, data, metadata }: EncodedEvent) => {
        const event = {
          id,
          type,
          contentType: 'application/octet-stream',
          data: bytesOf(data),
          metadata: bytesOf(metadata),
        } as const;
        await client.appendToStream(stream, event);
      },
      close: async () => {
        await log.close();
        await client.dispose();
      },
    };
  };

describeEventLog('memory', { durable: false }, openMemory(1_024));
describeEventLog('memory, nothing in its tail', { durable: false }, openMemory(0));
describeEventLog('SQLite', { durable: true }, openSqlite(4_096));
describeEventLog('SQLite, almost nothing in its tail', { durable: true }, openSqlite(2));
describeEventLog('EventStoreDB (protocol double)', { durable: true }, openDouble({}));
describeEventLog(
  'EventStoreDB (protocol double of a server before 21.10)',
  { durable: true },
  openDouble({ batchAppend: false, tellsCaughtUp: false }),
);

describeRetention('memory', { durable: false }, openMemory(1_024));
describeRetention('memory, nothing in its tail', { durable: false }, openMemory(0));
describeRetention('SQLite', { durable: true }, openSqlite(4_096));
describeRetention('SQLite, almost nothing in its tail', { durable: true }, openSqlite(2));
describeRetention('EventStoreDB (protocol double)', { durable: true }, openDouble({}));
describeRetention(
  'EventStoreDB (protocol double of a server before 21.10)',
  { durable: true },
  openDouble({ batchAppend: false, tellsCaughtUp: false }),
);

const realServer = process.env['PARLEY_TEST_EVENTSTORE_URL'];
if (realServer !== undefined)
  describeEventLog('EventStoreDB (real server)', { durable: true }, openRealServer(realServer));
else
  describe('event log: EventStoreDB (real server)', () => {
    it('SKIPPED: PARLEY_TEST_EVENTSTORE_URL names no server', () => {
      console.warn('SKIPPED for want of a server (PARLEY_TEST_EVENTSTORE_URL): event log: EventStoreDB (real server)');
    });
  });
