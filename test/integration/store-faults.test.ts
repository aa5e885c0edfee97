import { PROJECTIONS } from '../../src/projections/index.js';
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';
import { CLOSE } from '../../src/application/protocol/index.js';
import type { EventLog } from '../../src/application/ports/event-log.js';
import { type MemoryEventLog, type AppendFault } from '../../src/infrastructure/event-log/memory/memory-event-log.js';
import { eventually } from '../support/eventually.js';
import { tempFolder } from '../support/temp-folder.js';
import type { WireClient } from '../support/wire-client.js';
import { World } from '../support/world.js';

describe('a log that fails', () => {
  let world: World;
  let doe: WireClient;
  let smith: WireClient;
  let conversationId: string;

  beforeEach(async () => {
    world = await World.start({ engine: 'memory' });
    doe = await world.client('john.doe');
    smith = await world.client('john.smith');
    conversationId = await doe.start(smith.userId);
  });
  afterEach(() => world.close());

  const failWith = (...faults: AppendFault[]): void => void (world.engine.log as MemoryEventLog).faults.push(...faults);

  it.each<[AppendFault, string]>([
    ['unavailable', 'log-unavailable'],
    ['full', 'store-full'],
  ])('R9 R10 %s: the command is refused as %s, retryable, and nothing is there', async (fault, code) => {
    const id = randomUUID();
    failWith(fault);
    const outcome = await doe.command('conversation.post', { conversationId, text: 'lost?' }, id);
    expect(!outcome.ok && outcome.error).toMatchObject({ code, retryable: true });
    expect(await doe.transcript(conversationId)).toEqual([]);
    expect((await doe.post(conversationId, 'lost?', id)).sequence).toBe(1);
    await eventually('the message', () => smith.texts(conversationId).length === 1);
  });

  it.each<AppendFault>(['unknown, written', 'unknown, not written'])(
    'R9 outcome %s: exactly one message',
    async (fault) => {
      failWith(fault);
      expect((await doe.post(conversationId, 'once')).sequence).toBe(1);
      expect((await doe.post(conversationId, 'next')).sequence).toBe(2);
      await eventually('both', () => smith.texts(conversationId).length === 2);
      expect(smith.texts(conversationId)).toEqual(['once', 'next']);
    },
  );

  it('R9 a silent log: the command is refused within 3 s', async () => {
    const log = world.engine.log as EventLog & { append: EventLog['append'] };
    const append = log.append.bind(log);
    log.append = () => new Promise(() => undefined);
    const asked = performance.now();
    const outcome = await doe.command('conversation.post', { conversationId, text: 'hello?' });
    expect(performance.now() - asked).toBeLessThan(3_000);
    expect(!outcome.ok && outcome.error).toMatchObject({ code: 'log-unavailable', retryable: true });
    log.append = append;
    expect((await doe.post(conversationId, 'hello again')).sequence).toBe(1);
  });
});

describe('R13 an event that nobody knows', () => {
  it('stops projections and feed at it, with place and reason in /health/ready, and skips nothing', async () => {
    const folder = tempFolder();
    const first = await World.start({ engine: 'embedded', dataDir: folder.path });
    await first.close();
    const database = new DatabaseSync(folder.file('log.sqlite'));
    const { position } = database.prepare('SELECT max(position) AS position FROM events').get() as { position: number };
    const { id: stream } = database
      .prepare('INSERT INTO streams (name, revision) VALUES (?, 0) RETURNING id')
      .get(`conversation-${randomUUID()}`) as { id: number };
    database
      .prepare('INSERT INTO events (position, stream, revision, id, type, data, metadata) VALUES (?, ?, 0, ?, ?, ?, ?)')
      .run(position + 1, stream, randomUUID(), 'PigeonSent', '{}', '{"schemaVersion":1}');
    database.close();

    const second = await World.start({ engine: 'embedded', dataDir: folder.path });
    await eventually('degraded', async () => (await second.ready()).status === 503);
    const concerned = PROJECTIONS.filter(({ categories }) => categories.includes('conversation')).length;
    await eventually(
      'stopped',
      async () =>
        (await second.ready()).body.projections.filter(({ state }) => state === 'stopped').length === concerned,
    );
    const { body } = await second.ready();
    const transcript = body.projections.find(({ projection }) => projection === 'transcript');
    expect(transcript).toMatchObject({ state: 'stopped', position });
    expect(transcript?.reason).toContain('PigeonSent');
    expect(transcript?.reason).toContain(`position ${position + 1}`);
    expect(body.projections.find(({ projection }) => projection === 'people')?.state).toBe('running');
    await second.stop();
    folder.remove();
  });

  it('written while people are connected closes their sockets instead of pushing past it', async () => {
    const world = await World.start({ engine: 'memory' });
    const doe = await world.client('john.doe');
    const smith = await world.client('john.smith');
    await doe.start(smith.userId);
    (world.engine.log as MemoryEventLog).writeRaw(`conversation-${randomUUID()}`, 'PigeonSent');
    await eventually('the close', () => doe.closed !== null);
    expect(doe.closed?.code).toBe(CLOSE['not-live'].code);
    expect((await world.ready()).body.live.reason).toContain('PigeonSent');
    await world.stop();
  });
});
