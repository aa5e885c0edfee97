import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { below, withSeed } from '../support/random.js';
import { tempFolder } from '../support/temp-folder.js';
import type { WireClient } from '../support/wire-client.js';
import { ENGINES, World } from '../support/world.js';

const firstStates = (client: WireClient): string[] =>
  client.frames.flatMap(({ t }) => (t === 'snapshot' || t === 'resumed' ? [t] : []));

describe.each(ENGINES)('coming back, engine %s', (engine) => {
  let world: World;
  let doe: WireClient;
  let smith: WireClient;
  let conversationId: string;

  beforeEach(async () => {
    world = await World.start({ engine });
    doe = await world.client('john.doe');
    smith = await world.client('john.smith');
    conversationId = await doe.start(smith.userId);
    await doe.post(conversationId, 'before');
    await eventually('the first message', () => smith.texts(conversationId).length === 1);
  });
  afterEach(() => world.close());

  it('R6 brings what was missed, from the position on, and nothing else', async () => {
    await smith.drop();
    await doe.post(conversationId, 'missed 1');
    await doe.post(conversationId, 'missed 2');
    const before = smith.frames.length;
    await smith.connect();
    await eventually('what was missed', () => smith.texts(conversationId).length === 3);
    expect(smith.texts(conversationId)).toEqual(['before', 'missed 1', 'missed 2']);
    expect(firstStates(smith)).toEqual(['snapshot', 'resumed']);
    const messages = smith.frames
      .slice(before)
      .flatMap((frame) => (frame.t === 'delta' ? frame.changes : []))
      .filter(({ view }) => view === 'message');
    expect(messages.length).toBe(2);
  });

  it('R6 gives a snapshot to a position that nobody knows (any more)', async () => {
    for (const position of [1_000_000, 0]) {
      const other = await world.person('john.smith');
      await other.connect(position);
      expect(['snapshot', 'resumed']).toContain(firstStates(other)[0]);
      expect([...other.documents.conversation.keys()].length + other.texts(conversationId).length).toBeGreaterThan(0);
      if (position === 1_000_000) expect(firstStates(other)).toEqual(['snapshot']);
      other.close();
    }
  });

  it('R6 random disconnects lose nothing and repeat nothing', async () => {
    const seed = Date.now() % 1_000_000;
    await withSeed(seed, async (random) => {
      const seen: number[] = [];
      const watch = (client: WireClient, from: number): number => {
        for (const frame of client.frames.slice(from))
          if (frame.t === 'delta')
            for (const change of frame.changes)
              if (change.view === 'message' && change.op === 'put') seen.push(change.doc.sequence);
        return client.frames.length;
      };
      let read = watch(smith, 0);
      let posted = 1;
      for (let round = 0; round < 25; round++) {
        const burst = below(random, 12);
        const posting = Promise.all(Array.from({ length: burst }, (_, n) => doe.post(conversationId, `${round} ${n}`)));
        if (random() < 0.7) {
          if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, below(random, 5)));
          await smith.drop();
          await smith.connect();
        }
        await posting;
        posted += burst;
      }
      await eventually('all messages', () => smith.texts(conversationId).length === posted);
      read = watch(smith, read);
      expect(read).toBeGreaterThan(0);
      expect(seen).toEqual(Array.from({ length: posted }, (_, index) => index + 1));
    });
  });

  it('R5 R6 a command whose answer was lost is answered as the first time', async () => {
    const id = randomUUID();
    doe.send({ t: 'command', id, name: 'conversation.post', data: { conversationId, text: 'answered to nobody' } });
    await eventually('the message', () => smith.texts(conversationId).includes('answered to nobody'));
    await doe.drop();
    await doe.connect();
    expect((await doe.post(conversationId, 'answered to nobody', id)).sequence).toBe(2);
    expect((await doe.transcript(conversationId)).length).toBe(2);
  });
});

describe('a restart', () => {
  it('S59 keeps conversations, tabs, read markers, history and sessions', async () => {
    const folder = tempFolder();
    const first = await World.start({ engine: 'embedded', dataDir: folder.path });
    const doe = await first.client('john.doe');
    const smith = await first.client('john.smith');
    const conversationId = await doe.start(smith.userId);
    for (let n = 1; n <= 5; n++) await doe.post(conversationId, `message ${n}`);
    await smith.accepted('desk.move-read-marker', { conversationId, sequence: 3 });
    await eventually('all', () => smith.documents.tab.get(conversationId)?.doc.readMarker === 3);
    const before = {
      tabs: [...smith.documents.tab.values()],
      conversations: [...smith.documents.conversation.values()],
    };
    await first.close();

    const second = await World.start({ engine: 'embedded', dataDir: folder.path });
    const back = second.adopt(smith.session);
    await back.connect();
    expect([...back.documents.tab.values()]).toEqual(before.tabs);
    expect([...back.documents.conversation.values()]).toEqual(before.conversations);
    expect((await back.transcript(conversationId)).map(({ doc }) => doc.text)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `message ${n}`),
    );
    const again = await second.client('john.doe');
    expect((await again.post(conversationId, 'message 6')).sequence).toBe(6);
    await second.close();
    folder.remove();
  });
});
