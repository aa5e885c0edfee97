/**
 * A program that appends one event after the other to a log file, trying each until it is taken, and says `ACK n` for each. Needs the built
 * server. Parameters: the folder of the built server, the log file, the number of events.
 */
export const APPENDING_CHILD = `
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
const [, , server, file, count] = process.argv;
const { SqliteEventLog } = await import(server + '/infrastructure/event-log/sqlite/sqlite-event-log.js');
const { SealingCodec } = await import(server + '/application/codec/sealing-codec.js');
const owner = '00000001-0000-4000-8000-000000000001';
const open = () => SqliteEventLog.open(file, new SealingCodec(null));
const log = await open();
writeSync(1, 'READY\\n');
for (let n = 0; n < Number(count); n++) {
  const id = randomUUID();
  const metadata = { commandId: id, causationId: id, correlationId: id, principal: 'system', node: 'child' };
  const event = { type: 'ReadMarkerMoved', data: { owner, conversationId: owner, sequence: n + 1, shared: true } };
  for (let attempt = 1; ; attempt++) {
    try {
      await log.append('desk-' + owner, [{ id, event, metadata }], n === 0 ? 'no-stream' : n - 1);
      writeSync(1, 'ACK ' + n + ' ' + id + '\\n');
      break;
    } catch (error) {
      writeSync(1, 'FAILED ' + n + ' ' + error.name + ' ' + error.message + '\\n');
      if (attempt === 20) process.exit(3);
    }
  }
}
await log.close();
writeSync(1, 'DONE\\n');
`;

/** Ids of the acknowledged events, in order. */
export const ackedIn = (output: string): string[] =>
  [...output.matchAll(/^ACK \d+ (\S+)$/gm)].map((match) => match[1]!);
