import { DEMO_PASSWORD } from '../../src/demo.js';
import { eventually } from '../support/eventually.js';
import { EventStoreDouble } from '../support/eventstore-double/eventstore-double.js';
import { describeWithMongodb } from '../support/mongodb-server.js';
import { BuiltProgram } from '../support/server-process.js';
import { StubbornClient } from '../support/stubborn-client.js';
import { TcpProxy, type Fault } from '../support/tcp-proxy.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { WireClient } from '../support/wire-client.js';

/** How long a store is away; a release run sets 60 s. */
const AWAY_MS = Number(process.env['PARLEY_TEST_AWAY_MS'] ?? 4_000);
const REFUSED_WITHIN_MS = 3_300; // 3 s, and the way over the socket on a busy machine
const HEALTHY_WITHIN_MS = 5_000;

describeWithMongodb('R9 the whole server while a store is away', (mongodb) => {
  let double: EventStoreDouble;
  let proxy: TcpProxy;
  let folder: TempFolder;
  let server: BuiltProgram;
  let doe: StubbornClient;
  let smith: StubbornClient;
  let conversation: string;

  beforeEach(async () => {
    double = await EventStoreDouble.start();
    folder = tempFolder();
    proxy = await TcpProxy.start(mongodb.address);
    server = await BuiltProgram.server({
      PARLEY_PORT: '0',
      PARLEY_DATA_DIR: folder.file('unused'),
      PARLEY_EVENTSTORE_URL: double.connectionString(),
      PARLEY_MONGODB_URL: mongodb.newDatabase(proxy.port),
      PARLEY_LIMIT_COMMANDS_PER_SECOND: '100000',
      PARLEY_LIMIT_COMMANDS_BURST: '100000',
    });
    const client = async (login: string) =>
      new StubbornClient(await (await WireClient.signIn(server.address, login, DEMO_PASSWORD)).connect());
    [doe, smith] = [await client('john.doe'), await client('john.smith')];
    conversation = await doe.wire.start(smith.wire.userId);
    await doe.post(conversation, 'before');
  }, 60_000);
  afterEach(async () => {
    doe.wire.close();
    smith.wire.close();
    await server.end('SIGTERM');
    await proxy.end();
    await double.stop();
    folder.remove();
  });

  const ready = async (): Promise<boolean> => (await fetch(`${server.address}/health/ready`)).status === 200;

  /** What was acknowledged is what everybody sees, once, in order, without gap. */
  const prove = async (): Promise<void> => {
    const acked = [...doe.acked, ...smith.acked].sort((one, other) => one.sequence - other.sequence);
    await eventually('the transcript', async () => (await smith.wire.transcript(conversation)).length === acked.length);
    const transcript = (await smith.wire.transcript(conversation)).map(({ doc }) => [doc.sequence, doc.text]);
    expect(transcript).toEqual(acked.map(({ sequence, text }) => [sequence, text]));
    expect(acked.map(({ sequence }) => sequence)).toEqual(acked.map((_, index) => index + 1));
    await eventually('pushed', () => smith.wire.texts(conversation).length === acked.length);
  };

  /** One try while the store is away: the code it is refused with, and how long that took. */
  const attempt = async (text: string, id: string) => {
    const begun = performance.now();
    const outcome = await doe.wire.command('conversation.post', { conversationId: conversation, text }, id);
    return { outcome, ms: performance.now() - begun };
  };

  it.each<[string, () => Promise<void> | void]>([
    ['refused', () => double.refuse()],
    ['silent', () => double.silence()],
    ['slow', () => double.slow(3_000)],
  ])(
    'the log is %s: commands are refused in time, nothing is acknowledged, all is well soon after',
    async (_, begin) => {
      const position = double.journal.end;
      await begin();
      const until = performance.now() + AWAY_MS;
      let tries = 0;
      while (performance.now() < until) {
        const id = `00000000-0000-4000-8000-00000000000${tries % 10}`;
        const { outcome, ms } = await attempt(`try ${tries % 10}`, id);
        tries++;
        expect(outcome).toMatchObject({ ok: false, error: { retryable: true } });
        expect(ms).toBeLessThan(REFUSED_WITHIN_MS);
      }
      expect(tries).toBeGreaterThan(0);
      await eventually('it says so', async () => !(await ready()));
      await double.heal();
      const healed = performance.now();
      await doe.post(conversation, 'after');
      await eventually('ready', ready);
      expect(performance.now() - healed).toBeLessThan(HEALTHY_WITHIN_MS);
      expect(double.journal.end).toBeGreaterThan(position);
      // What had no acknowledgement may be there or not; asked again under its id, it is there once.
      for (let n = 0; n < Math.min(tries, 10); n++) {
        const id = `00000000-0000-4000-8000-00000000000${n}`;
        const { outcome } = await attempt(`try ${n}`, id);
        if (!outcome.ok) throw new Error(outcome.error.code);
        doe.acked.push({ id, conversationId: conversation, text: `try ${n}`, sequence: outcome.result.sequence });
      }
      await prove();
    },
    120_000,
  );

  it.each(['stored', 'not stored'] as const)(
    'the link breaks in the midst of an append that is %s',
    async (outcome) => {
      for (let n = 0; n < 5; n++) {
        double.resetNextAppend(outcome);
        await doe.post(conversation, `message ${n}`);
        await smith.post(conversation, `answer ${n}`);
      }
      const { resetBefore, resetAfter } = double.counts;
      expect(resetBefore + resetAfter).toBe(5);
      await prove();
    },
    60_000,
  );

  it.each<Fault>(['refused', 'silent'])(
    'the read models are %s: people go on chatting, and the read models come level afterwards',
    async (fault) => {
      await proxy.break(fault);
      const until = performance.now() + AWAY_MS;
      for (let n = 0; performance.now() < until; n++) {
        await doe.post(conversation, `without read models ${n}`);
        await eventually('pushed all the same', () =>
          smith.wire.texts(conversation).includes(`without read models ${n}`),
        );
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await eventually('it says so', async () => !(await ready()), { withinMs: 8_000 });
      expect(proxy.harm).toBeGreaterThan(0);
      await proxy.heal();
      const healed = performance.now();
      await eventually('ready', ready);
      expect(performance.now() - healed).toBeLessThan(HEALTHY_WITHIN_MS + 2_000);
      await prove();
    },
    120_000,
  );
});
