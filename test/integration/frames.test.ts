import { randomUUID } from 'node:crypto';
import {
  CLOSE,
  DEFAULT_LIMITS,
  PROTOCOL_VERSION,
  type CloseReason,
  type ErrorFrame,
} from '../../src/application/protocol/index.js';
import { eventually } from '../support/eventually.js';
import { below, pick, withSeed } from '../support/random.js';
import type { WireClient } from '../support/wire-client.js';
import { World } from '../support/world.js';

const closeOf = async (client: WireClient): Promise<number | undefined> => {
  await eventually('the close', () => client.closed !== null);
  return client.closed?.code;
};
const code = (reason: CloseReason): number => CLOSE[reason].code;
const errorsOf = (client: WireClient): ErrorFrame[] =>
  client.frames.filter((frame): frame is ErrorFrame => frame.t === 'error');

describe('frames that cannot be served', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.close());

  const id = randomUUID();
  const post = (more: object): object => ({ t: 'command', id, name: 'conversation.post', data: {}, ...more });

  it.each<[string, unknown, string]>([
    ['text that is no JSON', '{"t":', 'frame-malformed'],
    ['a number', '7', 'frame-malformed'],
    ['null', 'null', 'frame-malformed'],
    ['an array', '[]', 'frame-malformed'],
    ['no type', {}, 'frame-malformed'],
    ['an unknown type', { t: 'shout' }, 'frame-unknown'],
    ['a type of the prototype', { t: 'constructor' }, 'frame-unknown'],
    ['a type that is __proto__', '{"t":"__proto__"}', 'frame-unknown'],
    ['an unknown command', post({ name: 'conversation.erase' }), 'frame-unknown'],
    ['a command of the prototype', post({ name: 'toString' }), 'frame-unknown'],
    ['a query’s name in a command', post({ name: 'people.find' }), 'frame-unknown'],
    ['missing data', { t: 'command', id, name: 'conversation.post' }, 'frame-malformed'],
    ['an object for an id', post({ id: { $ne: null } }), 'frame-malformed'],
    ['an object for a conversation', post({ data: { conversationId: { $ne: null }, text: 'x' } }), 'frame-malformed'],
    ['a number for a text', post({ data: { conversationId: id, text: 7 } }), 'frame-malformed'],
    [
      'a lone surrogate',
      `{"t":"command","id":"${id}","name":"conversation.post","data":{"conversationId":"${id}","text":"\\ud800"}}`,
      'frame-malformed',
    ],
    ['an id in capitals', post({ id: id.toUpperCase() }), 'frame-malformed'],
    ['unknown keys', post({ data: { conversationId: id, text: 'x' }, admin: true }), 'frame-malformed'],
    [
      '__proto__ among the data',
      `{"t":"command","id":"${id}","name":"conversation.post","data":{"conversationId":"${id}","text":"x","__proto__":{"a":1}}}`,
      'frame-malformed',
    ],
    [
      'a negative sequence',
      { t: 'command', id, name: 'desk.move-read-marker', data: { conversationId: id, sequence: -1 } },
      'frame-malformed',
    ],
    [
      'a fraction',
      { t: 'query', id: 'q', name: 'transcript.page', data: { conversationId: id, limit: 1.5 } },
      'frame-malformed',
    ],
    [
      'a page that is too large',
      { t: 'query', id: 'q', name: 'transcript.page', data: { conversationId: id, limit: 101 } },
      'frame-malformed',
    ],
    [
      'two directions',
      { t: 'query', id: 'q', name: 'transcript.page', data: { conversationId: id, limit: 1, before: 1, after: 1 } },
      'frame-malformed',
    ],
    [
      'one letter to find people by',
      { t: 'query', id: 'q', name: 'people.find', data: { text: 'j' } },
      'frame-malformed',
    ],
    ['a second hello', { t: 'hello', version: PROTOCOL_VERSION }, 'hello-first'],
  ])('R8 %s gets an error frame, and the connection goes on', async (_, frame, expected) => {
    const client = await world.client('john.doe');
    client.send(frame);
    await eventually('an error', () => errorsOf(client).length === 1);
    expect(errorsOf(client)[0]?.error).toMatchObject({ code: expected, retryable: false });
    expect(errorsOf(client)[0]?.error.message).not.toBe('');
    expect((await client.query('people.find', { text: 'john' })).ok).toBe(true);
    expect(({} as { a?: unknown }).a).toBeUndefined();
    client.close();
  });

  it('R8 binary frames get an error frame', async () => {
    const client = await world.client('john.doe');
    client.socket?.send(Buffer.from([1, 2, 3]), { binary: true });
    await eventually('an error', () => errorsOf(client)[0]?.error.code === 'frame-malformed');
    client.close();
  });

  it('R8 bad UTF-8 ends the connection, nothing else', async () => {
    const client = await world.client('john.doe');
    client.socket?.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await closeOf(client)).toBe(1007);
    await (await world.client('john.doe')).drop();
  });

  it('SEC-18 a frame of the largest size is read, one byte more closes the connection', async () => {
    const client = await world.client('john.doe');
    const frame = JSON.stringify({ t: 'pong' });
    client.send(frame + ' '.repeat(DEFAULT_LIMITS.frameBytes - frame.length));
    expect((await client.query('people.find', { text: 'john' })).ok).toBe(true);
    client.send(frame + ' '.repeat(DEFAULT_LIMITS.frameBytes - frame.length + 1));
    expect(await closeOf(client)).toBe(code('frame-too-large'));
  });

  it('R8 a frame before hello is refused, another version is closed', async () => {
    const early = await world.person('john.doe');
    await early.dial();
    early.send({ t: 'pong' });
    await eventually('an error', () => errorsOf(early)[0]?.error.code === 'hello-first');
    early.send({ t: 'hello', version: PROTOCOL_VERSION + 1 });
    expect(await closeOf(early)).toBe(code('unsupported-version'));
  });

  it('R8 who sends nothing but nonsense is disconnected', async () => {
    const client = await world.client('john.doe');
    for (let n = 0; n < 101; n++) client.send('nonsense');
    expect(await closeOf(client)).toBe(code('too-many-errors'));
    expect(errorsOf(client).length).toBe(100);
  });

  it('R8 mutated frames are all answered or closed, and the server lives', async () => {
    const seed = Date.now() % 1_000_000;
    await withSeed(seed, async (random) => {
      const doe = await world.client('john.doe');
      const smith = await world.client('john.smith');
      const conversationId = await doe.start(smith.userId);
      const templates = [
        { t: 'hello', version: 1, resume: 3 },
        { t: 'command', id: randomUUID(), name: 'conversation.post', data: { conversationId, text: 'x' } },
        { t: 'command', id: randomUUID(), name: 'desk.close-tab', data: { conversationId, upTo: 1 } },
        { t: 'query', id: 'q', name: 'transcript.page', data: { conversationId, limit: 1, before: 9 } },
        { t: 'resync', resume: 1 },
      ].map((frame) => JSON.stringify(frame));
      const noise = ['"', '{', '}', '[', ':', ',', 'null', '1e999', '\\u0000', '\\ud83d', '__proto__', '-', '\u202e'];
      for (let round = 0; round < 40; round++) {
        const client = await world.client('john.doe');
        for (let n = 0; n < 50; n++) {
          let text = pick(random, templates);
          for (let cuts = below(random, 4); cuts >= 0; cuts--) {
            const at = below(random, text.length);
            text = text.slice(0, at) + pick(random, noise) + text.slice(at + below(random, 5));
          }
          client.send(text);
        }
        const answered =
          client.closed === null && (await client.query('people.find', { text: 'john' }).catch(() => null));
        if (answered) expect(answered.ok).toBe(true);
        client.close();
      }
      expect((await doe.query('people.find', { text: 'john' })).ok).toBe(true);
      doe.close();
      smith.close();
    });
  });
});

describe('limits, each at its border', () => {
  it('SEC-18 commands beyond the burst are refused with the time to wait', async () => {
    const world = await World.start({
      environment: { PARLEY_LIMIT_COMMANDS_BURST: '3', PARLEY_LIMIT_COMMANDS_PER_SECOND: '1' },
    });
    const doe = await world.client('john.doe');
    const smith = await world.client('john.smith');
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => doe.command('conversation.start', { with: smith.userId })),
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    const [refused] = outcomes.slice(3);
    expect(refused?.ok === false && refused.error).toMatchObject({ code: 'rate-limited', retryable: true });
    expect(refused?.ok === false && refused.error.retryAfterMs).toBeGreaterThan(0);
    expect((await smith.command('conversation.start', { with: doe.userId })).ok).toBe(true);
    await world.close();
  });

  it('SEC-12 looking for people is slower than other questions', async () => {
    const world = await World.start({
      environment: { PARLEY_LIMIT_FINDS_BURST: '2', PARLEY_LIMIT_FINDS_PER_SECOND: '1' },
    });
    const doe = await world.client('john.doe');
    const answers = await Promise.all(Array.from({ length: 3 }, () => doe.query('people.find', { text: 'jo' })));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect((await doe.query('people.get', { ids: [doe.userId] })).ok).toBe(true);
    await world.close();
  });

  it('SEC-18 who says too often that they write is passed over in silence, and may ask as before', async () => {
    const world = await World.start({
      environment: {
        PARLEY_LIMIT_WRITING_BURST: '2',
        PARLEY_LIMIT_WRITING_PER_SECOND: '1',
        PARLEY_LIMIT_QUERIES_BURST: '3',
        PARLEY_LIMIT_QUERIES_PER_SECOND: '1',
      },
    });
    const [doe, smith] = [await world.client('john.doe'), await world.client('john.smith')];
    const conversationId = await doe.start(smith.userId);
    for (let n = 0; n < 300; n++) doe.send({ t: 'writing', conversationId });
    expect((await doe.query('people.get', { ids: [doe.userId] })).ok).toBe(true);
    await doe.post(conversationId, 'written');
    await eventually('the message', () => smith.texts(conversationId).length === 1);
    const told = smith.frames.filter(({ t }) => t === 'writer').length;
    expect(told).toBeGreaterThanOrEqual(2);
    expect(told).toBeLessThan(30);
    expect(errorsOf(doe)).toEqual([]);
    expect(doe.closed).toBeNull();
    await world.close();
  });

  it('SEC-18 a person has so many connections and no more', async () => {
    const world = await World.start({ environment: { PARLEY_LIMIT_CONNECTIONS_PER_USER: '2' } });
    const [first] = [await world.client('john.doe'), await world.client('john.doe')];
    const third = await world.person('john.doe');
    await third.dial();
    expect(await closeOf(third)).toBe(code('too-many-connections'));
    await first.drop();
    await eventually('room again', async () => (await world.connections('john.doe')) === 1);
    await third.connect();
    await world.stop();
  });

  it('SEC-18 an address has so many connections and no more', async () => {
    const world = await World.start({ environment: { PARLEY_LIMIT_CONNECTIONS_PER_ADDRESS: '1' } });
    await world.client('john.doe');
    const other = await world.person('john.smith');
    await expect(other.dial()).rejects.toThrow('429');
    await world.stop();
  });

  it('SEC-18 a message may be as long as configured', async () => {
    const world = await World.start({ environment: { PARLEY_LIMIT_MESSAGE_CODE_POINTS: '5' } });
    const doe = await world.client('john.doe');
    const smith = await world.client('john.smith');
    const conversationId = await doe.start(smith.userId);
    await doe.post(conversationId, '😀😀😀😀😀');
    const outcome = await doe.command('conversation.post', { conversationId, text: '123456' });
    expect(outcome.ok ? 'accepted' : outcome.error.code).toBe('message-too-long');
    expect(doe.frames.find((frame) => frame.t === 'welcome')).toMatchObject({ limits: { messageCodePoints: 5 } });
    await world.close();
  });

  it('R8 who says no hello in time is disconnected', async () => {
    const world = await World.start({ environment: { PARLEY_LIMIT_HELLO_MS: '50' } });
    const silent = await world.person('john.doe');
    await silent.dial();
    expect(await closeOf(silent)).toBe(code('hello-timeout'));
    await world.close();
  });

  it('R6 who answers no ping is disconnected, who answers stays', async () => {
    const world = await World.start({ environment: { PARLEY_LIMIT_HEARTBEAT_MS: '400' } });
    const alive = await world.client('john.doe');
    const dead = await world.client('john.smith');
    dead.socket?.pause();
    await eventually('the server let go', async () => (await world.connections('john.smith')) === 0);
    expect(alive.closed).toBeNull();
    expect(alive.frames.some(({ t }) => t === 'ping')).toBe(true);
    dead.socket?.terminate();
    await world.close();
  });
});

describe('R7 a client that does not read', () => {
  it('is told to resync when it reads again, and misses nothing', async () => {
    const world = await World.start({
      environment: { PARLEY_LIMIT_SEND_BUFFER_BYTES: '20000', PARLEY_LIMIT_MAILBOX: '5000' },
    });
    const doe = await world.client('john.doe');
    const smith = await world.client('john.smith');
    const conversationId = await doe.start(smith.userId);
    smith.socket?.pause();
    const text = 'x'.repeat(8_000);
    // The system's own buffers take some megabytes before ours fill.
    await Promise.all(Array.from({ length: 1_500 }, () => doe.post(conversationId, text)));
    smith.socket?.resume();
    await eventually('all messages', () => smith.texts(conversationId).length === 1_500, { withinMs: 20_000 });
    expect(smith.frames.some(({ t }) => t === 'fell-behind')).toBe(true);
    await world.close();
  });

  it('is disconnected after a while, and the others go on', async () => {
    const world = await World.start({
      environment: {
        PARLEY_LIMIT_SEND_BUFFER_BYTES: '20000',
        PARLEY_LIMIT_SLOW_MS: '300',
        PARLEY_LIMIT_MAILBOX: '5000',
      },
    });
    const doe = await world.client('john.doe');
    const smith = await world.client('john.smith');
    const conversationId = await doe.start(smith.userId);
    smith.socket?.pause();
    const text = 'x'.repeat(8_000);
    await Promise.all(Array.from({ length: 1_500 }, () => doe.post(conversationId, text)));
    await eventually('the server let go', async () => (await world.connections('john.smith')) === 0);
    await doe.post(conversationId, 'still here');
    smith.close();
    await world.close();
  });
});
