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
import { describeEventLog, type OpenEventLog } from './event-log.contract.js';

const openMemory =
  (tailLength: number): OpenEventLog =>
  () => {
    const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()), tailLength);
    const inside = log as unknown as { stored: StoredEvent[]; tail: Tail };
    return Promise.resolve({
      log,
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
  (tailLength: number): OpenEventLog =>
  async () => {
    const folder = tempFolder();
    const file = folder.file('log.sqlite');
    const codec = new SealingCodec(new MemoryKeyStore());
    let log = await SqliteEventLog.open(file, codec, { tailLength });
    return {
      get log() {
        return log;
      },
      reopen: async () => {
        await log.close();
        log = await SqliteEventLog.open(file, codec, { tailLength });
      },
      writeRaw: async (stream, event) => {
        await log.close();
        writeIntoLogFile(file, stream, event);
        log = await SqliteEventLog.open(file, codec, { tailLength });
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
  (options: DoubleOptions): OpenEventLog =>
  async () => {
    const double = await EventStoreDouble.start(options);
    const codec = eventStoreCodec();
    let log = await EventStoreEventLog.open(double.connectionString(), codec);
    return {
      get log() {
        return log;
      },
      reopen: async () => {
        await log.close();
        log = await EventStoreEventLog.open(double.connectionString(), codec);
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

const realServer = process.env['PARLEY_TEST_EVENTSTORE_URL'];
if (realServer !== undefined)
  describeEventLog('EventStoreDB (real server)', { durable: true }, openRealServer(realServer));
else
  describe('event log: EventStoreDB (real server)', () => {
    it('SKIPPED: PARLEY_TEST_EVENTSTORE_URL names no server', () => {
      console.warn('SKIPPED for want of a server (PARLEY_TEST_EVENTSTORE_URL): event log: EventStoreDB (real server)');
    });
  });
