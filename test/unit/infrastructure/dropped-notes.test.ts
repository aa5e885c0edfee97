import { randomUUID } from 'node:crypto';
import { replay } from '../../../src/application/audit/replay.js';
import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { streamId, type RecordedEvent, type StreamId, type Dropped } from '../../../src/application/ports/event-log.js';
import { DAY_MS, type Retention } from '../../../src/application/ports/event-retention.js';
import { asId } from '../../../src/domain/kernel/ids.js';
import type { CommandLine } from '../../../src/infrastructure/cli/command-line.js';
import { programOf } from '../../../src/infrastructure/cli/program.js';
import { wordsOf } from '../../../src/infrastructure/cli/replay-words.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { ada, bob, busyChosen, fresh, posted } from '../../support/events.js';
import { MovedClock } from '../../support/moved-clock.js';

const NOTE =
  /^-- Events of presence are kept for 30 days: of what was before \d{4}-\S+Z only the last of each stream is sure to be there; the oldest that is there is of \d{4}-\S+Z, position (\d+)$/;

/** A log, and a command line that reads it. */
const install = (retention?: Retention) => {
  const clock = new MovedClock();
  const log = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()), 10, retention, clock);
  const readModels = new MemoryReadModels();
  const parley = async (...args: string[]): Promise<{ lines: string[]; err: string }> => {
    const said = { out: '', err: '' };
    const line: CommandLine = {
      version: '0',
      terminal: {
        out: (text) => (said.out += text),
        err: (text) => (said.err += text),
        readInput: () => Promise.resolve(''),
        interactive: false,
        confirm: () => Promise.resolve(null),
        askSecret: () => Promise.resolve(null),
      },
      connect: () => Promise.reject(new Error('nothing is asked of a server')),
      openStores: () =>
        Promise.resolve({ log, readModels, leases: readModels, clock, holder: 'test', close: () => Promise.resolve() }),
      interrupted: new AbortController().signal,
      serve: () => Promise.resolve(),
    };
    await programOf(line).parseAsync(args, { from: 'user' });
    return { lines: said.out.split('\n').filter(Boolean), err: said.err };
  };
  return { clock, log, parley };
};

describe('ADR 0006 the command line says where history was dropped', () => {
  const { clock, log, parley } = install();
  const group = streamId('conversation', randomUUID());
  const presence = streamId('presence', ada);
  const start = (stream: StreamId) => ({
    type: 'DirectConversationStarted' as const,
    data: {
      conversationId: asId<never>(stream.slice('conversation-'.length)),
      startedBy: ada,
      participants: [ada, bob] as [typeof ada, typeof bob],
      startedAt: clock.now(),
    },
  });
  let newestDropped: number;

  beforeAll(async () => {
    await log.append(group, [fresh(start(group)), fresh(posted(group, 1))], 'no-stream');
    const chosen = ['a', 'b', 'c'].map((text) => fresh(busyChosen(ada, clock.now(), text)));
    newestDropped = (await log.append(presence, chosen, 'no-stream')).position - 1;
    await log.append(group, [fresh(posted(group, 2))], 1);
  });

  it('not while nothing is missing', async () => {
    await log.prune();
    const { lines, err } = await parley('events', 'tail', '--from', '0');
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => line.startsWith('--'))).toEqual([]);
    expect(err).toBe('');
  });

  describe('when old events of presence are gone', () => {
    beforeAll(async () => {
      clock.passDays(31);
      expect(await log.prune()).toBe(2);
    });

    it('before the events, naming the category, how long it is kept and the oldest event that is there', async () => {
      const { lines, err } = await parley('events', 'tail', '--from', '0');
      expect(lines).toHaveLength(1 + 4);
      expect(lines[0]).toMatch(NOTE);
      expect(NOTE.exec(lines[0] ?? '')?.[1]).toBe(String(newestDropped + 1));
      expect(err).toBe('');
    });

    it('as a line of its own among lines of JSON', async () => {
      const { lines } = await parley('events', 'tail', '--from', '0', '--json-lines');
      const [first, ...events] = lines.map(
        (line) => JSON.parse(line) as { dropped?: Dropped } & Partial<RecordedEvent>,
      );
      expect(first?.dropped).toMatchObject({
        category: 'presence',
        keptMs: 30 * DAY_MS,
        oldest: { position: newestDropped + 1 },
      });
      expect(events.map(({ position }) => position)).toEqual([1, 2, newestDropped + 1, newestDropped + 2]);
    });

    it.each([
      [['--stream', presence], true],
      [['--type', 'AvailabilityChosen'], true],
      [['--type', 'MessagePosted'], false],
      [['--stream', group], false],
      [['--conversation', group.slice('conversation-'.length)], false],
    ] as const)('only where they could have been: %j', async (filter, noted) => {
      const { lines } = await parley('events', 'tail', '--from', '0', ...filter);
      expect(lines.some((line) => NOTE.test(line))).toBe(noted);
      expect(lines.length).toBeGreaterThan(noted ? 1 : 0);
    });

    it('not for what came after them', async () => {
      const { lines } = await parley('events', 'tail', '--from', String(newestDropped));
      expect(lines).toHaveLength(2);
      expect(lines.filter((line) => line.startsWith('--'))).toEqual([]);
    });

    it('not in the replay of a conversation, which is kept for ever', async () => {
      const id = group.slice('conversation-'.length);
      const { lines } = await parley('audit', 'replay', '--conversation', id, '--json');
      expect(JSON.parse(lines.join('\n'))).toMatchObject({ messagesInAll: 2, dropped: [] });
      const words = await parley('audit', 'replay', '--conversation', id);
      expect(words.lines.join('\n')).not.toMatch(/are kept for/);
    });
  });

  it('in a replay too, where messages were not kept for ever', async () => {
    const other = install({ message: 10 * DAY_MS });
    const stream = streamId('conversation', randomUUID());
    await other.log.append(stream, [fresh(start(stream)), fresh(posted(stream, 1))], 'no-stream');
    const dropped: Dropped = { category: 'message', keptMs: 10 * DAY_MS, before: other.clock.now(), oldest: null };
    const log = Object.assign(Object.create(other.log) as MemoryEventLog, {
      dropped: (category: string) => Promise.resolve(category === 'message' ? dropped : null),
    });
    const replayed = await replay(log, stream.slice('conversation-'.length), null, null);
    expect(replayed.dropped).toEqual([dropped]);
    expect(wordsOf(replayed, new Map())).toMatch(/^Events of message are kept for 10 days: .* is sure to be there$/m);
  });
});
