import type { LivedConversation } from '../support/lived-model.js';
import { below, withSeed } from '../support/random.js';
import { RandomHistory, type Send } from '../support/random-history.js';
import {
  cameBack,
  expectAnswers,
  expectFirstScreen,
  expectHeld,
  expectNothingForeign,
  type Ask,
} from '../support/surfaces.js';
import { WireClient } from '../support/wire-client.js';
import { World } from '../support/world.js';

const HISTORIES = 20;
const STEPS = 24;
const LOGINS = ['john.doe', 'john.smith', 'thomas.magnum', 'jonathan.higgins', 'hm.murdock'];

/** Some of the histories of visibility.test.ts as a browser lives them: over sockets, on the embedded engine. */
describe('who sees what, on the wire', () => {
  let world: World;
  let people: Map<string, WireClient>;

  beforeAll(async () => {
    world = await World.start({ engine: 'embedded' });
    const clients = await Promise.all(LOGINS.map((login) => world.client(login)));
    people = new Map(clients.map((client) => [client.userId, client]));
  });
  afterAll(() => world.close());

  const client = (userId: string): WireClient => {
    const found = people.get(userId);
    if (!found) throw new Error('nobody is connected');
    return found;
  };
  const send: Send = (userId, name, data) => client(userId).command(name, data as never);
  const askingOf =
    (userId: string): Ask =>
    async (name, data) => {
      const answer = await client(userId).query(name, data);
      if (!answer.ok && answer.error.code !== 'not-found') throw new Error(answer.error.code);
      return answer.ok ? answer.result : null;
    };

  /** Everything that was written was pushed: each person's newest event is their own, and they were told of it. */
  const settled = async (hiding: ReadonlySet<string>): Promise<void> => {
    for (const [id, one] of people)
      for (const shared of [hiding.has(id), !hiding.has(id)]) {
        const outcome = await one.command('desk.share-reading', { shared });
        if (!outcome.ok) throw new Error(outcome.error.code);
        await one.reached(outcome.at);
      }
  };

  const expectAll = async (
    random: () => number,
    conversation: LivedConversation,
    all: readonly LivedConversation[],
  ) => {
    for (const [id, { state, session }] of people) {
      await expectAnswers(askingOf(id), random, conversation, id);
      expectFirstScreen(state, all, id);
      expectHeld(state, conversation, id, !cameBack(conversation, id));
      const fresh = await new WireClient(world.url, session).connect();
      expectFirstScreen(fresh.state, all, id);
      fresh.close();
    }
  };

  it(
    `S41 S42 S43 S57 S59 snapshot, push, pages, search and marks show what one lived through, in ${HISTORIES} random histories`,
    () =>
      withSeed(7_100, async (random) => {
        const ids = [...people.keys()];
        const hiding = new Set<string>();
        const known: LivedConversation[] = [];
        for (let n = 0; n < HISTORIES; n++) {
          const history =
            random() < 0.15
              ? await RandomHistory.direct(random, ids, send, { hiding, known })
              : await RandomHistory.group(random, ids, send, hiding);
          if (!known.includes(history.conversation)) known.push(history.conversation);
          for (let step = 1 + below(random, STEPS); step > 0; step--) await history.goOn();
          await settled(hiding);
          await expectAll(random, history.conversation, known);
        }
        for (const [id, { frames }] of people) expectNothingForeign(frames, known, id);
      }),
    60_000,
  );
});
