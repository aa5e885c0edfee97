import { DEMO_PASSWORD } from '../../src/demo.js';
import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import type { MessagePosted } from '../../src/domain/conversation/events.js';
import { SqliteEventLog } from '../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import { SqliteKeyStore } from '../../src/infrastructure/vault/sqlite/sqlite-key-store.js';
import { eventually } from '../support/eventually.js';
import { BuiltProgram, freePort } from '../support/server-process.js';
import { StubbornClient } from '../support/stubborn-client.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { WireClient } from '../support/wire-client.js';

/** 20 in every run; a release run sets more. */
const KILLS = Number(process.env['PARLEY_TEST_KILLS'] ?? 20);
const CLIENTS = 20;
const CONVERSATIONS = 10;
const LOGINS = ['john.doe', 'john.smith', 'thomas.magnum', 'hm.murdock', 'jonathan.higgins'];

/** All messages of the log, by conversation, read with the server down. */
const messagesIn = async (folder: TempFolder): Promise<Map<string, MessagePosted['data'][]>> => {
  const keys = await SqliteKeyStore.open(folder.file('keys.sqlite'));
  const log = await SqliteEventLog.open(folder.file('log.sqlite'), new SealingCodec(keys));
  const messages = new Map<string, MessagePosted['data'][]>();
  const stop = new AbortController();
  for await (const signal of log.follow({ after: 'start', categories: ['conversation'], signal: stop.signal })) {
    if (signal.kind === 'caught-up') stop.abort();
    if (signal.kind !== 'event' || signal.event.event.type !== 'MessagePosted') continue;
    const { data } = signal.event.event as MessagePosted;
    messages.set(data.conversationId, [...(messages.get(data.conversationId) ?? []), data]);
  }
  await log.close();
  await keys.close();
  return messages;
};

describe('SIGKILL under load', () => {
  it(`R1 ${KILLS} kills: nothing acknowledged is lost, nothing is there twice, the order holds, and every client shows the same`, async () => {
    const folder = tempFolder();
    const environment = {
      PARLEY_PORT: String(await freePort()),
      PARLEY_DATA_DIR: folder.path,
      PARLEY_LIMIT_COMMANDS_PER_SECOND: '100000',
      PARLEY_LIMIT_COMMANDS_BURST: '100000',
    };
    let server = await BuiltProgram.server(environment);
    const url = server.address;
    const clients: StubbornClient[] = [];
    for (let n = 0; n < CLIENTS; n++) {
      const wire = await WireClient.signIn(url, LOGINS[n % LOGINS.length] ?? '', DEMO_PASSWORD);
      clients.push(new StubbornClient(await wire.connect()));
    }
    const idOf = (n: number): string => clients[n]?.wire.userId ?? '';
    const pairs: [number, number][] = [0, 1, 2, 3, 4].flatMap((a) =>
      [0, 1, 2, 3, 4].filter((b) => b > a).map((b): [number, number] => [a, b]),
    );
    const conversations: { id: string; people: readonly string[] }[] = [];
    for (const [a, b] of pairs) {
      const id = await clients[a]?.wire.start(idOf(b));
      conversations.push({ id: id ?? '', people: [idOf(a), idOf(b)] });
    }
    expect(conversations.length).toBe(CONVERSATIONS);

    let running = true;
    const load = clients.map(async (client, n) => {
      const own = conversations.filter(({ people }) => people.includes(client.wire.userId));
      for (let count = 0; running; count++)
        await client.post(own[count % own.length]?.id ?? '', `client ${n} message ${count}`);
    });
    const recoveries: number[] = [];
    const acked = (): number => clients.reduce((sum, client) => sum + client.acked.length, 0);
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acked();
      await eventually('load', () => acked() > before + 100 + (kill % 7) * 20);
      const killedAt = performance.now();
      expect((await server.end('SIGKILL')).code).toBeNull(); // it was killed, and did not end by itself
      const atKill = acked();
      server = await BuiltProgram.server(environment);
      await eventually('the first new acknowledgement', () => acked() > atKill, { withinMs: 20_000 });
      recoveries.push(performance.now() - killedAt);
    }
    running = false;
    await Promise.all(load);
    for (const client of clients) await client.comeBack();
    const everything = clients.flatMap((client) => client.acked);

    // What each client was shown, gaps filled from the transcript as a client does.
    const head = ((await (await fetch(`${url}/health/ready`)).json()) as { log: { position: number } }).log.position;
    const shown = new Map<StubbornClient, Map<string, Map<number, string | null>>>();
    for (const client of clients) {
      await eventually('level', () => client.wire.frames.length > 0);
      const own = conversations.filter(({ people }) => people.includes(client.wire.userId));
      const byConversation = new Map<string, Map<number, string | null>>();
      for (const { id } of own) {
        const texts = new Map<number, string | null>();
        for (const { doc } of await client.wire.transcript(id)) texts.set(doc.sequence, doc.text);
        for (const { doc } of client.wire.documents.message.values())
          if (doc.conversationId === id) {
            // A pushed message is the very one that the transcript has.
            expect(texts.get(doc.sequence)).toBe(doc.text);
          }
        byConversation.set(id, texts);
      }
      shown.set(client, byConversation);
      client.wire.close();
    }
    expect(head).toBeGreaterThan(everything.length);
    await server.end('SIGTERM');

    const log = await messagesIn(folder);
    const inLog = new Map([...log.values()].flat().map((message) => [message.messageId as string, message]));
    const lost = everything.filter(({ id }) => !inLog.has(id));
    expect(lost).toEqual([]);
    for (const { id, sequence, text } of everything)
      expect({ sequence: inLog.get(id)?.sequence, text: inLog.get(id)?.text }).toEqual({ sequence, text });
    for (const [, messages] of log) {
      expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
      expect(messages.map(({ sequence }) => sequence)).toEqual(messages.map((_, index) => index + 1));
    }
    // Every client in the end awaited each of its answers: the log holds what was acknowledged, and no more.
    expect([...log.values()].flat().length).toBe(everything.length);
    for (const byConversation of shown.values())
      for (const [id, texts] of byConversation)
        expect([...texts]).toEqual((log.get(id) ?? []).map(({ sequence, text }) => [sequence, text]));
    recoveries.sort((one, other) => one - other);
    const p95 = recoveries[Math.floor(recoveries.length * 0.95)] ?? 0;
    console.info(
      `R1: ${KILLS} kills, ${everything.length} acknowledged, 0 lost, 0 twice; kill to next acknowledgement p95 ${Math.round(p95)} ms`,
    );
    folder.remove();
  }, 240_000);
});
