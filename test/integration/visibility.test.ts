import { replay } from '../../src/application/audit/replay.js';
import { rebuild } from '../../src/application/read-models/rebuild.js';
import { asId } from '../../src/domain/kernel/ids.js';
import { asInstant } from '../../src/domain/kernel/instant.js';
import { PROJECTIONS } from '../../src/projections/index.js';
import { ApplicationNode, type LocalClient } from '../support/application-node.js';
import { ClientState } from '../support/client-state.js';
import type { LivedConversation } from '../support/lived-model.js';
import { openMemoryEngine } from '../support/memory-engine.js';
import { below, withSeed } from '../support/random.js';
import { RandomHistory, type Send } from '../support/random-history.js';
import {
  cameBack,
  expectAnswers,
  expectedOf,
  expectFirstScreen,
  expectHeld,
  expectNothingForeign,
  type Ask,
} from '../support/surfaces.js';

/** Histories of one set of people: what happens in one must not show in another. */
const TOGETHER = 20;
/** As many worlds of people as make this number of histories. */
const WORLDS = Math.ceil(Number(process.env['PARLEY_TEST_WORLDS'] ?? 2_000) / TOGETHER);
const STEPS = 14;

type Random = () => number;

/** A few people on one server in this process, all of them connected, and what they lived through. */
class People {
  private readonly conversations: LivedConversation[] = [];
  private readonly hiding = new Set<string>();
  private live = new Map<string, LocalClient>();
  /** Whether the live clients were connected all the time. */
  private unbroken = true;

  private constructor(
    private readonly random: Random,
    private readonly engine: ReturnType<typeof openMemoryEngine>,
    private node: ApplicationNode,
    readonly ids: readonly string[],
  ) {}

  static async meet(random: Random): Promise<People> {
    const engine = openMemoryEngine();
    const node = await ApplicationNode.start(engine);
    const people = new People(random, engine, node, await node.people(4 + below(random, 2)));
    await people.connect();
    return people;
  }

  private readonly send: Send = (userId, name, data) => this.node.command(userId, name, data as never);
  private readonly asking =
    (userId: string): Ask =>
    (name, data) =>
      this.node.query(userId, name, data);

  private async connect(): Promise<void> {
    for (const id of this.ids) this.live.set(id, await this.node.open(id, this.live.get(id)?.state));
  }

  async history(): Promise<void> {
    const { random } = this;
    const { hiding, conversations: known } = this;
    const history =
      random() < 0.15
        ? await RandomHistory.direct(random, this.ids, this.send, { hiding, known })
        : await RandomHistory.group(random, this.ids, this.send, hiding);
    if (!this.conversations.includes(history.conversation)) this.conversations.push(history.conversation);
    const steps = 1 + below(random, 2 * STEPS);
    const [leaving, restarting] = [below(random, steps), random() < 0.08 ? below(random, steps) : -1];
    let left: ReadonlyMap<string, ClientState> = new Map();
    for (let step = 0; step < steps; step++) {
      if (step === leaving) left = new Map([...this.live].map(([id, { state }]) => [id, state.copy()]));
      if (step === restarting) await this.restart();
      await history.goOn();
    }
    await this.node.settled();
    for (const id of this.ids) {
      await expectAnswers(this.asking(id), random, history.conversation, id);
      await this.expectClients(id, history.conversation, left.get(id));
      await this.expectReplay(id, history.conversation);
    }
  }

  /** The server ends and starts again; every other time it first builds all of its read models anew. */
  private async restart(): Promise<void> {
    if (this.random() < 0.5) await this.rebuild();
    await this.node.stop();
    this.node = await ApplicationNode.start(this.engine);
    this.unbroken = false;
    await this.connect();
  }

  private async rebuild(): Promise<void> {
    const { log, readModels: store, leases } = this.engine;
    const { signal } = new AbortController();
    const clock = { now: () => asInstant(Date.now()) };
    for (const projection of PROJECTIONS) {
      const parts = { log, store, leases, clock, holder: 'the test', signal, report: () => undefined };
      const { promoted } = await rebuild(projection, { mode: 'anew', promote: true, keepMs: 60_000 }, parts);
      expect({ projection: projection.name, promoted }).toEqual({ projection: projection.name, promoted: true });
    }
  }

  /** The connected one, a new one, and one that comes back with what it had. */
  private async expectClients(id: string, conversation: LivedConversation, from?: ClientState): Promise<void> {
    const { conversations } = this;
    const live = this.live.get(id);
    if (!live) throw new Error('nobody is connected');
    const whole = this.unbroken && !cameBack(conversation, id);
    expectFirstScreen(live.state, conversations, id);
    expectHeld(live.state, conversation, id, whole);
    const fresh = await this.node.open(id);
    expectFirstScreen(fresh.state, conversations, id);
    this.node.leave(fresh);
    if (!from) return;
    const back = await this.node.open(id, from);
    const resumed = back.frames[0]?.t === 'resumed';
    expectFirstScreen(back.state, conversations, id);
    if (resumed) expectHeld(back.state, conversation, id, whole);
    else expectHeldTexts(back.state, conversation, id);
    this.node.leave(back);
  }

  private async expectReplay(id: string, conversation: LivedConversation): Promise<void> {
    const { messages, notices } = await replay(this.engine.log, conversation.id, null, asId(id));
    const client = new ClientState();
    client.hold(
      'message',
      messages.map((doc) => ({ at: 1, doc })),
    );
    client.hold(
      'notice',
      notices.map((doc) => ({ at: 1, doc })),
    );
    const reactions = await replay(this.engine.log, conversation.id, null, asId(id));
    client.hold(
      'reaction',
      reactions.reactions.map((doc) => ({ at: 1, doc })),
    );
    expectHeld(client, conversation, id, true);
    expect(messages.length + notices.length).toBe(conversation.seenBy(id).map(expectedOf).length);
  }

  /** Nothing that ever went out says what somebody did not live through. */
  end(): Promise<void> {
    for (const [id, { frames }] of this.live) expectNothingForeign(frames, this.conversations, id);
    return this.node.stop();
  }
}

/** What is kept over a snapshot may be old, never another's. */
const expectHeldTexts = ({ documents }: ClientState, conversation: LivedConversation, id: string): void => {
  const own = new Set(conversation.seenBy(id).map(({ sequence, ...rest }) => `${sequence} ${'notice' in rest}`));
  for (const { doc } of documents.message.values())
    if (doc.conversationId === conversation.id) expect(own).toContain(`${doc.sequence} false`);
};

describe('who sees what', () => {
  it(
    `S41 S42 S43 S57 S59 every surface shows what one lived through, in ${WORLDS * TOGETHER} random histories`,
    async () => {
      for (let world = 0; world < WORLDS; world++)
        await withSeed(4_100 + world, async (random) => {
          const people = await People.meet(random);
          for (let history = 0; history < TOGETHER; history++) await people.history();
          await people.end();
        });
    },
    60_000 + WORLDS * 12_000,
  );
});
