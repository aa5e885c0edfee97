import { Client } from '../../frontend/src/client/index.js';
import { applyFrame } from '../../frontend/src/model/index.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { FakeNetwork, type FakeSocket } from './support/fake-socket.js';
import { CONVERSATION, PEER } from './support/frames.js';
import { seeded } from './support/random.js';
import { SimulatedServer } from './support/simulated-server.js';

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const STEPS = 120;

/** A client and a server with everything between them that can go wrong. */
const world = (seed: number) => {
  const random = seeded(seed);
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const server = new SimulatedServer(random);
  let ids = 0;
  const client = new Client({
    openSocket: network.openSocket,
    clock,
    random,
    isSignedOut: () => Promise.resolve(false),
    newId: () => `own-${++ids}`,
  });
  let accepted: FakeSocket | null = null;
  const connect = (): void => {
    const { last } = network;
    if (last === accepted || last.isClosed) return;
    accepted = last;
    server.accept(last);
  };
  return { random, clock, server, client, connect };
};

const chaos = async ({ random, clock, server, client, connect }: ReturnType<typeof world>): Promise<number> => {
  let written = 0;
  let heard = 0;
  client.start();
  client.select(CONVERSATION);
  for (let step = 0; step < STEPS; step++) {
    const dice = random();
    if (dice < 0.3) server.post(PEER.id, `theirs-${++heard}`, `said ${heard}`);
    else if (dice < 0.45) client.post(CONVERSATION, `written ${++written}`);
    else if (dice < 0.52) server.drop();
    else if (dice < 0.56) server.ringStart = server.log.at(-1)?.at ?? 0;
    else if (dice < 0.6) server.lag = Math.floor(random() * 3);
    else if (dice < 0.64) server.losesFrames = !server.losesFrames;
    else if (dice < 0.68) server.ping();
    else clock.pass(random() * 4_000);
    connect();
    server.step();
    await settle();
  }
  server.losesFrames = false;
  server.lag = 0;
  server.drop(); // whatever was lost at the very end shows by the next connection
  for (let round = 0; round < 60; round++) {
    clock.pass(5_000);
    connect();
    server.ping();
    server.flush();
    await settle();
  }
  return written;
};

describe('a client that is cut off again and again', () => {
  it.each(SEEDS)(
    'S66 ends up with the transcript of the server: no gap, no double, nothing unsent (seed %i)',
    async (seed) => {
      const it = world(seed);
      const written = await chaos(it);
      const { data, link } = it.client.state;
      const transcript = data.transcripts.get(CONVERSATION);
      const { log } = it.server;
      expect(link.kind).toBe('live');
      expect(data.pending).toEqual([]);
      expect(transcript?.loose).toEqual([]);
      const seen = transcript?.messages.map(({ doc }) => doc) ?? [];
      expect(seen).toEqual(log.slice(log.length - seen.length).map(({ message }) => message));
      expect(transcript?.to ?? 0).toBe(log.length);
      // Each intention once, and in the order of writing.
      const own = log.filter(({ message }) => message.author === 'me').map(({ message }) => message.text);
      expect(own).toEqual(Array.from({ length: written }, (_, index) => `written ${index + 1}`));
      expect(data.conversations.get(CONVERSATION)?.doc?.lastSequence ?? 0).toBe(log.length);
    },
  );

  it('S66 a delta that comes twice or late changes nothing', async () => {
    const it = world(7);
    await chaos(it);
    const { data } = it.client.state;
    const earlier = it.server.log.slice(0, -1);
    expect(earlier.length).toBeGreaterThan(10);
    const replayed = earlier.reduce(
      (state, { at, message }) =>
        applyFrame(state, {
          t: 'delta',
          n: 0,
          at,
          changes: [
            { view: 'message', op: 'put', key: `${CONVERSATION}/${message.sequence}`, doc: message },
            { view: 'conversation', op: 'patch', key: CONVERSATION, set: { lastPostedAt: message.postedAt } },
          ],
        }),
      data,
    );
    expect(replayed).toEqual(data);
  });
});
