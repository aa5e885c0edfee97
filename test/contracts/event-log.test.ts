import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import { MemoryEventLog } from '../../src/infrastructure/event-log/memory/memory-event-log.js';
import { SqliteEventLog } from '../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import type { StoredEvent } from '../../src/infrastructure/event-log/stored-event.js';
import type { Tail } from '../../src/infrastructure/event-log/tail.js';
import { MemoryKeyStore } from '../../src/infrastructure/vault/memory/memory-vault.js';
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

describeEventLog('memory', { durable: false }, openMemory(1_024));
describeEventLog('memory, nothing in its tail', { durable: false }, openMemory(0));
describeEventLog('SQLite', { durable: true }, openSqlite(4_096));
describeEventLog('SQLite, almost nothing in its tail', { durable: true }, openSqlite(2));
