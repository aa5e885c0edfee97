import { DEMO_PASSWORD } from '../../src/demo.js';
import { eventually } from '../support/eventually.js';
import { EventStoreDouble } from '../support/eventstore-double/eventstore-double.js';
import { describeWithMongodb } from '../support/mongodb-server.js';
import { BuiltProgram } from '../support/server-process.js';
import { StubbornClient } from '../support/stubborn-client.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { WireClient } from '../support/wire-client.js';

/** Messages that each node's person posts in the race. */
const EACH = 150;

describeWithMongodb('two nodes on one log', (mongodb) => {
  let double: EventStoreDouble;
  let folder: TempFolder;
  let environment: Record<string, string>;
  let nodes: BuiltProgram[];

  beforeAll(async () => {
    double = await EventStoreDouble.start();
    folder = tempFolder();
    environment = {
      PARLEY_PORT: '0',
      PARLEY_DATA_DIR: folder.file('unused'),
      PARLEY_EVENTSTORE_URL: double.connectionString(),
      PARLEY_MONGODB_URL: mongodb.newDatabase(),
      PARLEY_LIMIT_COMMANDS_PER_SECOND: '100000',
      PARLEY_LIMIT_COMMANDS_BURST: '100000',
    };
    nodes = await Promise.all([BuiltProgram.server(environment), BuiltProgram.server(environment)]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.end('SIGTERM')));
    await double.stop();
    folder.remove();
  });

  const on = async (node: number, login: string): Promise<WireClient> =>
    (await WireClient.signIn(nodes[node]?.address ?? '', login, DEMO_PASSWORD)).connect();
  const parley = (...args: string[]) => BuiltProgram.cli(args, environment);

  it('name both engines when they are ready, and share the demo people', () => {
    for (const { out } of nodes) {
      expect(out).toContain(`EventStoreDB at ${double.endPoint.address}:${double.endPoint.port}`);
      expect(out).toContain('MongoDB at 127.0.0.1');
    }
  });

  it('let people on different nodes chat, each on any node with the same session', async () => {
    const doe = await on(0, 'john.doe');
    const smith = await on(1, 'john.smith');
    const conversation = await doe.start(smith.userId);
    await doe.post(conversation, 'from one');
    await eventually('across', () => smith.texts(conversation).includes('from one'));
    await smith.post(conversation, 'from the other');
    await eventually('back', () => doe.texts(conversation).includes('from the other'));
    const elsewhere = await new WireClient(nodes[1]?.address ?? '', doe.session).connect();
    expect((await elsewhere.transcript(conversation)).map(({ doc }) => doc.text)).toEqual([
      'from one',
      'from the other',
    ]);
    for (const client of [doe, smith, elsewhere]) client.close();
  });

  it('R5 R14 race on one conversation without gap or double, and both show the same', async () => {
    const doe = new StubbornClient(await on(0, 'thomas.magnum'));
    const higgins = new StubbornClient(await on(1, 'jonathan.higgins'));
    const conversation = await doe.wire.start(higgins.wire.userId);
    await eventually('known on both', () => higgins.wire.documents.conversation.size > 0);
    const posting = [doe, higgins].map(async (person, who) => {
      for (let n = 0; n < EACH; n += 5)
        await Promise.all([0, 1, 2, 3, 4].map((part) => person.post(conversation, `${who}-${n + part}`)));
    });
    await Promise.all(posting);
    const sequences = [...doe.acked, ...higgins.acked].map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(sequences).toEqual(Array.from({ length: 2 * EACH }, (_, n) => n + 1));
    const texts = async ({ wire }: StubbornClient) => (await wire.transcript(conversation)).map(({ doc }) => doc.text);
    const [one, other] = await Promise.all([texts(doe), texts(higgins)]);
    expect(one).toHaveLength(2 * EACH);
    expect(new Set(one).size).toBe(2 * EACH);
    expect(other).toEqual(one);
    // The same command on the other node, as after a change of node: the first answer again.
    const [first] = doe.acked;
    const elsewhere = await new WireClient(nodes[1]?.address ?? '', doe.wire.session).connect();
    const again = await elsewhere.command(
      'conversation.post',
      { conversationId: conversation, text: first?.text ?? '' },
      first?.id,
    );
    expect(again).toMatchObject({ ok: true, result: { sequence: first?.sequence } });
    for (const client of [doe.wire, higgins.wire, elsewhere]) client.close();
  }, 60_000);

  it('R14 S37 S41 S43 S57 keep a group: invited on one, joined on the other, and nobody is told of what they missed', async () => {
    const doe = await on(0, 'john.doe');
    const smith = await on(1, 'john.smith');
    const magnum = await on(1, 'thomas.magnum');
    const { conversationId: id } = await doe.accepted('conversation.start-group', {
      with: [smith.userId, magnum.userId],
    });
    const about = { conversationId: id };
    const here = (client: WireClient): number => client.documents.conversation.get(id)?.doc.participants.length ?? 0;
    /** Texts as the server pages them, and as they were pushed: both without a gap. */
    const told = async (client: WireClient): Promise<(string | null)[]> => {
      const page = await client.transcript(id);
      const last = page.at(-1)?.doc.sequence;
      await eventually('the push', () =>
        [...client.documents.message.values()].some(({ doc }) => doc.sequence === last),
      );
      expect(client.texts(id)).toEqual(page.map(({ doc }) => doc.text));
      return page.map(({ doc }) => doc.text);
    };
    const both = async (name: string): Promise<string[]> => {
      const texts = Array.from({ length: 2 * 40 }, (_, n) => `${name} ${n}`);
      const posted = await Promise.all(
        texts.map(async (text, n) => ({ text, ...(await (n % 2 ? doe : magnum).post(id, text)) })),
      );
      return posted.sort((one, other) => one.sequence - other.sequence).map(({ text }) => text);
    };

    await eventually('invited across', () => magnum.documents.invitation.has(id));
    await magnum.accepted('conversation.join', about);
    await eventually('joined across', () => here(doe) === 2 && here(magnum) === 2);
    const early = await both('early');
    await smith.accepted('conversation.join', about);
    for (const client of [doe, smith, magnum]) await eventually('all three', () => here(client) === 3);
    const middle = await both('middle');
    await smith.accepted('conversation.leave', about);
    for (const client of [doe, magnum]) await eventually('left across', () => here(client) === 2);
    const missed = await both('missed');
    const refused = await smith.query('transcript.page', { ...about, limit: 10 });
    expect(refused.ok || refused.error.code).toBe('not-found');
    await doe.accepted('conversation.invite', { ...about, users: [smith.userId] });
    await eventually('invited again', () => smith.documents.invitation.has(id));
    const elsewhere = await new WireClient(nodes[0]?.address ?? '', smith.session).connect();
    await elsewhere.accepted('conversation.join', about);
    await eventually('back on the other node too', () => here(smith) === 3 && here(magnum) === 3);
    const late = await both('late');

    const everything = [...early, ...middle, ...missed, ...late];
    for (const client of [doe, magnum]) expect(await told(client)).toEqual(everything);
    const sequences = (await doe.transcript(id)).map(({ doc }) => doc.sequence);
    expect(sequences).toEqual(everything.map((_, n) => n + 1));
    const lived = [...middle, ...late];
    for (const client of [smith, elsewhere])
      expect((await client.transcript(id)).map(({ doc }) => doc.text)).toEqual(lived);
    for (const text of [...early, ...missed])
      expect([smith, elsewhere].some(({ frames }) => JSON.stringify(frames).includes(`"${text}"`))).toBe(false);
    for (const client of [doe, smith, magnum, elsewhere]) client.close();
  }, 60_000);

  it('project once: one of them writes each read model, and the other takes over when it is killed', async () => {
    interface Shown {
      readonly projection: string;
      readonly holder: string | null;
      readonly state: string;
    }
    const shown = async () => JSON.parse((await parley('projections', 'list', '--json')).out) as Shown[];
    for (const { state } of await shown()) expect(state).toBe('running');
    const doe = await on(1, 'john.doe');
    const smith = await on(1, 'john.smith');
    const conversation = await doe.start(smith.userId);
    await nodes[0]?.end('SIGKILL');
    const dead = `-${nodes[0]?.child.pid ?? 0}-`;
    await eventually(
      'taken over',
      async () => (await shown()).every(({ state, holder }) => state === 'running' && !holder?.includes(dead)),
      { withinMs: 20_000 },
    );
    const { sequence } = await doe.post(conversation, 'after the fall');
    expect((await smith.transcript(conversation)).at(-1)?.doc).toMatchObject({ sequence, text: 'after the fall' });
    for (const client of [doe, smith]) client.close();
  }, 60_000);

  it('are administered from anywhere: accounts, verification, rebuild and replay work on the same engines', async () => {
    const disabled = await parley('user', 'disable', 'anna.prades');
    expect(disabled).toMatchObject({ code: 0 });
    await expect(WireClient.signIn(nodes[1]?.address ?? '', 'anna.prades', DEMO_PASSWORD)).rejects.toThrow('401');
    const verified = await parley('projections', 'verify', '--all', '--json');
    expect({ code: verified.code, err: verified.err.includes('parley:') }).toEqual({ code: 0, err: false });
    const rebuilt = await parley('projections', 'rebuild', 'tabs', '--yes', '--json');
    expect(JSON.parse(rebuilt.out)).toMatchObject({ verified: true, promoted: true, serving: 'tabs__g3' });
    const doe = await on(1, 'john.doe');
    const [conversation] = [...doe.documents.conversation.keys()];
    const replayed = await parley('audit', 'replay', '--conversation', conversation ?? '', '--as-seen-by', 'john.doe');
    expect(replayed.code).toBe(0);
    expect(replayed.out).toContain('as John Doe could see it');
    doe.close();
  }, 60_000);
});
