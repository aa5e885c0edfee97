import type { CommandName } from '../../src/application/protocol/index.js';
import { LivedConversation, type Step, type StepName } from './lived-model.js';
import { below, pick } from './random.js';

type Random = () => number;

/** How one person's command is sent, over whatever there is. */
export type Send = (
  userId: string,
  name: CommandName,
  data: object,
) => Promise<{ readonly ok: boolean; readonly at?: number; readonly result?: object; readonly error?: unknown }>;

const WORDS = ['alpha', 'alpine', 'beta', 'gamma'];
const EMOJI = ['👍', '🎉'];
const NAMES: Readonly<Record<StepName, CommandName>> = {
  invite: 'conversation.invite',
  withdraw: 'conversation.withdraw',
  decline: 'conversation.decline',
  join: 'conversation.join',
  leave: 'conversation.leave',
  title: 'conversation.title',
  post: 'conversation.post',
  correct: 'message.correct',
  retract: 'message.retract',
  read: 'desk.move-read-marker',
  react: 'message.react',
  unreact: 'message.unreact',
  mute: 'desk.mute',
  open: 'desk.open-tab',
  close: 'desk.close-tab',
  share: 'desk.share-reading',
};
/** How often each is tried. */
const WEIGHTS: Readonly<Record<StepName, number>> = {
  invite: 3,
  withdraw: 1,
  decline: 1,
  join: 6,
  leave: 2,
  title: 1,
  post: 9,
  correct: 2,
  retract: 1,
  read: 2,
  react: 2,
  unreact: 1,
  mute: 1,
  open: 1,
  close: 1,
  share: 1,
};
const BAG = (Object.keys(WEIGHTS) as StepName[]).flatMap((name) => Array<StepName>(WEIGHTS[name]).fill(name));

/** Random steps of a few people in one conversation, done to the server and told to the model. */
export class RandomHistory {
  private texts = 0;

  constructor(
    private readonly random: Random,
    private readonly people: readonly string[],
    private readonly send: Send,
    readonly conversation: LivedConversation,
  ) {}

  /** `hiding`: see `LivedConversation`; one set for all conversations of the people. */
  static async group(
    random: Random,
    people: readonly string[],
    send: Send,
    hiding: Set<string>,
  ): Promise<RandomHistory> {
    const by = pick(random, people);
    const invited = people.filter((user) => user !== by && random() < 0.6);
    const others = invited.length > 0 ? invited : people.filter((user) => user !== by).slice(0, 1);
    const title = random() < 0.3 ? 'alpha group' : null;
    const started = await send(by, 'conversation.start-group', { with: others, ...(title === null ? {} : { title }) });
    const conversation = LivedConversation.group({ id: idIn(started), by, title, hiding }, others);
    return new RandomHistory(random, people, send, conversation);
  }

  /** The one private conversation of two of the people, whom it opens a tab for; it may be among those that are known. */
  static async direct(
    random: Random,
    people: readonly string[],
    send: Send,
    { hiding, known }: { readonly hiding: Set<string>; readonly known: readonly LivedConversation[] },
  ): Promise<RandomHistory> {
    const one = pick(random, people);
    const other = pick(
      random,
      people.filter((user) => user !== one),
    );
    const id = idIn(await send(one, 'conversation.start', { with: other }));
    const conversation =
      known.find((candidate) => candidate.id === id) ?? LivedConversation.direct(id, [one, other], hiding);
    conversation.take(one, { do: 'open' });
    return new RandomHistory(random, people, send, conversation);
  }

  /** One step, or some by different people at once. */
  async goOn(): Promise<void> {
    const count = this.random() < 0.25 ? 2 + below(this.random, 3) : 1;
    const steps: { user: string; step: Step }[] = [];
    for (const user of this.shuffled().slice(0, count)) {
      const step = this.stepOf(user);
      // What changes nothing has no position of its own: two invitations at once could not be put in order.
      if (step.do !== 'invite' || !steps.some((one) => one.step.do === 'invite')) steps.push({ user, step });
    }
    const expected = steps.map(({ user, step }) => this.conversation.allows(user, step));
    const outcomes = await Promise.all(
      steps.map(({ user, step }) => this.send(user, NAMES[step.do], this.dataOf(step))),
    );
    const [outcome] = outcomes;
    if (steps.length === 1 && outcome?.ok !== expected[0])
      throw new Error(`${JSON.stringify(steps[0])} was ${JSON.stringify(outcome)}`);
    steps
      .flatMap((one, index) => (outcomes[index]?.ok ? [{ ...one, at: outcomes[index].at ?? 0 }] : []))
      .sort((one, other) => one.at - other.at)
      .forEach(({ user, step }) => {
        this.conversation.take(user, step);
      });
  }

  private shuffled(): string[] {
    return this.people
      .map((user) => ({ user, order: this.random() }))
      .sort((one, other) => one.order - other.order)
      .map(({ user }) => user);
  }

  /** Mostly something that is allowed. */
  private stepOf(user: string): Step {
    for (let tries = 0; tries < 8; tries++) {
      const step = this.anyStep(user);
      if (this.conversation.allows(user, step) || this.random() < 0.05) return step;
    }
    return this.anyStep(user);
  }

  private anyStep(user: string): Step {
    const { random, people, conversation } = this;
    const picked = pick(random, BAG);
    // What is read before anything was said counts for what was said by then: no matter of order that a model could know.
    const name = picked === 'read' && conversation.lastSequence === 0 ? 'post' : picked;
    const others = people.filter((other) => other !== user);
    const sequence = 1 + below(random, Math.max(1, conversation.lastSequence));
    const some = others.filter(() => random() < 0.4);
    const text = `${pick(random, WORDS)} ${pick(random, WORDS)} t${conversation.id.slice(0, 8)}x${++this.texts}`;
    const any: { readonly [D in StepName]: Extract<Step, { do: D }> } = {
      invite: { do: 'invite', users: some.length > 0 ? some : [pick(random, others)] },
      withdraw: { do: 'withdraw', user: pick(random, others) },
      decline: { do: 'decline' },
      join: { do: 'join' },
      leave: { do: 'leave' },
      title: { do: 'title', title: random() < 0.2 ? null : `title ${this.texts}` },
      post: { do: 'post', text, replyTo: random() < 0.3 ? sequence : null, mentions: some },
      correct: { do: 'correct', sequence, text },
      retract: { do: 'retract', sequence },
      read: { do: 'read', sequence },
      react: { do: 'react', sequence, reaction: pick(random, EMOJI) },
      unreact: { do: 'unreact', sequence, reaction: pick(random, EMOJI) },
      mute: { do: 'mute', muted: random() < 0.6 },
      open: { do: 'open' },
      close: { do: 'close', upTo: Math.min(sequence, conversation.lastSequence) },
      share: { do: 'share', shared: random() < 0.5 },
    };
    return any[name];
  }

  private dataOf({ do: name, ...data }: Step): object {
    if (name === 'share') return data;
    const { replyTo, ...rest } = data as { replyTo?: number | null };
    return { conversationId: this.conversation.id, ...rest, ...(typeof replyTo === 'number' ? { replyTo } : {}) };
  }
}

const idIn = (outcome: { readonly ok: boolean; readonly result?: object }): string => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return (outcome.result as { conversationId: string }).conversationId;
};
