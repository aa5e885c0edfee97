import type { MessagePosted } from '../../src/domain/conversation/events.js';
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { EventId, UserId } from '../../src/domain/kernel/ids.js';
import type { NewEvent, StreamId } from '../../src/application/ports/event-log.js';
import type { SqliteEventLog } from '../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import { built } from '../built.js';
import type { Run } from '../figures.js';
import { Latencies } from '../load/latencies.js';
import { serveCalls } from './calls.js';

/** About the bytes that one message takes in the log. */
const RECORD = Buffer.alloc(900, 'x');
const TEXT = 'x'.repeat(100);
/** One for all: a new person's key would be a write of its own. */
const AUTHOR = randomUUID() as unknown as UserId;
let log: SqliteEventLog | null = null;
let folder = '';

const open = async (dataDir: string): Promise<void> => {
  const [{ SqliteKeyStore }, { SealingCodec }, { SqliteEventLog }] = await Promise.all([
    built.keys(),
    built.codec(),
    built.log(),
  ]);
  mkdirSync(dataDir, { recursive: true });
  folder = dataDir;
  const keys = await SqliteKeyStore.open(join(dataDir, 'keys.sqlite'));
  log = await SqliteEventLog.open(join(dataDir, 'log.sqlite'), new SealingCodec(keys));
};

const posted = (conversationId: string, sequence: number): NewEvent => {
  const messageId = randomUUID();
  // Checked by its fields: a new version of the event does not compile here before it is written as it now is.
  const data: { readonly [Field in keyof MessagePosted['data']]: unknown } = {
    conversationId,
    messageId,
    sequence,
    author: AUTHOR,
    text: TEXT,
    replyTo: null,
    mentions: [],
    postedAt: Date.now(),
  };
  const metadata = {
    commandId: messageId as never,
    causationId: messageId,
    correlationId: messageId,
    principal: AUTHOR,
    node: 'bench',
  };
  return { id: randomUUID() as unknown as EventId, event: { type: 'MessagePosted', data }, metadata };
};

/** Each append is one message to a stream of its own, and is followed by the next as soon as it is durable. */
const append = async ({ inFlight, seconds }: { inFlight: number; seconds: number }): Promise<Run> => {
  const to = log;
  if (to === null) throw new Error('open it first');
  const latency = new Latencies();
  const before = { ...to.counts };
  const cpu = process.cpuUsage();
  const from = performance.now();
  const end = from + seconds * 1_000;
  let events = 0;
  const oneAfterTheOther = async (): Promise<void> => {
    const conversationId = randomUUID();
    const stream = `conversation-${conversationId}` as StreamId;
    for (let revision = -1; performance.now() < end;) {
      const asked = performance.now();
      const event = posted(conversationId, revision + 2);
      ({ revision } = await to.append(stream, [event], revision === -1 ? 'no-stream' : revision));
      latency.add(performance.now() - asked);
      events++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, oneAfterTheOther));
  const { user, system } = process.cpuUsage(cpu);
  return {
    eventsPerSecond: (events * 1_000) / (performance.now() - from),
    eventsPerCommit: (to.counts.writes - before.writes) / Math.max(1, to.counts.commits - before.commits),
    ...latency.figures(),
    cpuMicrosPerEvent: (user + system) / Math.max(1, events),
  };
};

/** Appends to a file, each with an fsync of its own: what the disk can do at most. */
const raw = ({ seconds }: { seconds: number }): number => {
  const file = openSync(join(folder, 'raw'), 'a');
  const from = performance.now();
  let writes = 0;
  while (performance.now() - from < seconds * 1_000) {
    writeSync(file, RECORD);
    fsyncSync(file);
    writes++;
  }
  const perSecond = (writes * 1_000) / (performance.now() - from);
  closeSync(file);
  return perSecond;
};

const openFolder = (dataDir: string): void => {
  mkdirSync(dataDir, { recursive: true });
  folder = dataDir;
};

serveCalls({ open, openFolder, append, raw });
