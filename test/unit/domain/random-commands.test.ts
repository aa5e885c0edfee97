import { EVENT_SCHEMAS } from '../../../src/application/codec/schemas/index.js';
import type { StreamCategory } from '../../../src/application/ports/event-log.js';
import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import { aGroup, doeStartedAGroup } from '../../../src/domain/conversation/examples.js';
import {
  conversation,
  participantsOf,
  placeVisible,
  STARTING_NOTICES,
  visible,
  type ConversationCommand,
  type ConversationEvent,
  type ConversationState,
  type StartedConversation,
} from '../../../src/domain/conversation/index.js';
import { desk, type DeskCommand } from '../../../src/domain/desk/index.js';
import type { Decider } from '../../../src/domain/kernel/decider.js';
import { asId, type MessageId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import type { Message } from '../../../src/domain/kernel/message.js';
import { message, type MessageCommand } from '../../../src/domain/message/index.js';
import { deepFreeze } from '../../support/decider-harness.js';
import { below, pick, withSeed } from '../../support/random.js';

const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000);
const RUNS = Array.from({ length: 40 }, (_, n) => SEED + n);
const COMMANDS = 150;
const PARTICIPANTS = 4;

const conversationId = aGroup;
const PEOPLE = Array.from({ length: 7 }, (_, n) => asId<UserId>(`0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a0${n}`));
const TEXTS = ['Hi', ' ', 'a\nb', '😀'.repeat(30), 'constructor', '__proto__'];
const EMOJI = ['👍', '❤️', 'x', ''];

type Random = () => number;
const some = (random: Random): UserId[] => Array.from({ length: below(random, 4) }, () => pick(random, PEOPLE));

const randomCommand = (random: Random): ConversationCommand => {
  const about = { conversationId };
  const kinds: (() => ConversationCommand)[] = [
    () => ({ type: 'StartDirectConversation', data: { ...about, with: pick(random, PEOPLE) } }),
    () => ({ type: 'StartGroupConversation', data: { ...about, invited: some(random), title: pick(random, TEXTS) } }),
    () => ({ type: 'InviteParticipants', data: { ...about, users: some(random) } }),
    () => ({ type: 'WithdrawInvitation', data: { ...about, user: pick(random, PEOPLE) } }),
    () => ({ type: 'JoinConversation', data: about }),
    () => ({ type: 'JoinConversation', data: about }),
    () => ({ type: 'DeclineInvitation', data: about }),
    () => ({ type: 'LeaveConversation', data: about }),
    () => ({ type: 'TitleConversation', data: { ...about, title: pick(random, [...TEXTS, null]) } }),
    () => ({
      type: 'PostMessage',
      data: {
        ...about,
        messageId: asId<MessageId>('5d3cbd0a-1f61-4a57-8f4a-0000000000ff'),
        text: pick(random, TEXTS),
        replyTo: pick(random, [null, below(random, 20) - 2]),
        mentions: some(random),
      },
    }),
  ];
  return pick(random, kinds)();
};

/** Runs random commands of random people; what each decider owes is proved at every step. Answers every event. */
const play = <S, C extends Message, E extends Message>(
  category: StreamCategory,
  { decide, evolve, produced, initialState }: Decider<S, C, E, string>,
  {
    random,
    command,
    given = [],
    check,
  }: { random: Random; command: () => C; given?: readonly E[]; check?: (state: S) => void },
): { state: S; events: readonly E[] } => {
  const events = [...given];
  const made: { readonly asked: C; readonly events: readonly E[] }[] = [];
  let state = events.reduce<S>((before, event) => deepFreeze(evolve(before, event)), initialState);
  for (let step = 0; step < COMMANDS; step++) {
    const asked = deepFreeze(command());
    const decision = decide(asked, state, {
      principal: pick(random, PEOPLE),
      now: asInstant(1_700_000_000_000 + step),
      limits: { ...DEFAULT_LIMITS, participants: PARTICIPANTS, messageCodePoints: 20, titleCodePoints: 20 },
    });
    if (decision.kind === 'rejected') continue;
    for (const event of decision.events) {
      expect(EVENT_SCHEMAS[category][event.type]?.shape.safeParse(event.data).error).toBeUndefined();
      state = deepFreeze(evolve(state, event));
      events.push(event);
    }
    if (decision.events.length > 0) made.push({ asked, events: decision.events });
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    check?.(state);
  }
  // Whatever came after it.
  for (const one of made) expect(produced(one.asked, one.events, state)).toBe(true);
  return { state, events };
};

const invariants = (state: ConversationState): void => {
  if (state.kind === 'unstarted') return;
  const present = participantsOf(state);
  const invited = Object.keys(state.invitations);
  expect(state.present).toBe(present.length);
  if (state.kind === 'direct') expect([present.length, invited.length, state.lastNotice]).toEqual([2, 0, 0]);
  else expect(present.length + invited.length).toBeLessThanOrEqual(PARTICIPANTS);
  expect(invited.filter((user) => present.includes(user as UserId))).toEqual([]);
  for (const user of Object.keys(state.spans) as UserId[]) orderedStays(state, user);
};

/** One stay after the other, and only the last one goes on. What one saw is what the rule of visibility says. */
const orderedStays = (state: StartedConversation, user: UserId): void => {
  const spans = state.spans[user] ?? [];
  spans.forEach(({ joinedAt, leftAt, firstNotice, lastNotice }, index) => {
    const before = spans[index - 1];
    if (before) {
      expect(before.leftAt ?? Infinity).toBeLessThanOrEqual(joinedAt);
      expect(before.lastNotice ?? Infinity).toBeLessThan(firstNotice);
    }
    expect(leftAt === null).toBe(lastNotice === null);
    if (leftAt === null) expect(index).toBe(spans.length - 1);
    else expect([leftAt >= joinedAt, (lastNotice ?? 0) > firstNotice]).toEqual([true, true]);
  });
  for (let sequence = -1; sequence <= state.lastSequence + 1; sequence++)
    expect(visible(spans, sequence)).toBe(
      spans.some(({ joinedAt, leftAt }) => joinedAt < sequence && sequence <= (leftAt ?? Infinity)),
    );
};

/** Messages and notices are numbered without gaps, and each notice stands after the message that was the last one then. */
const gapless = (events: readonly ConversationEvent[]): void => {
  let [sequence, notice] = [0, 0];
  for (const event of events)
    if (event.type === 'MessagePosted') expect(event.data.sequence).toBe(++sequence);
    else if (event.type === 'GroupConversationStarted') notice = STARTING_NOTICES;
    else if (event.type !== 'DirectConversationStarted')
      expect([event.data.sequence, event.data.notice]).toEqual([sequence, ++notice]);
};

/** What anybody sees of others is what happened while they were there, by the order of the log alone. */
const seenInPresence = (events: readonly ConversationEvent[], end: ConversationState): void => {
  if (end.kind === 'unstarted') return;
  for (const user of PEOPLE) {
    let there = false;
    for (const event of events) {
      if (event.type === 'DirectConversationStarted' || event.type === 'GroupConversationStarted') {
        there =
          event.data.startedBy === user || ('participants' in event.data && event.data.participants.includes(user));
        continue;
      }
      const concerns = 'user' in event.data && event.data.user === user;
      if (event.type === 'ParticipantJoined' && concerns) there = true;
      const place = { sequence: event.data.sequence, notice: 'notice' in event.data ? event.data.notice : 0 };
      expect(placeVisible(end.spans[user] ?? [], place)).toBe(there);
      if (event.type === 'ParticipantLeft' && concerns) there = false;
    }
  }
};

describe(`random commands, seeds from ${SEED} on (PARLEY_TEST_SEED=n runs from n)`, () => {
  it('S41 S42 S43 keep a conversation’s numbers gapless, its stays in order, and what each sees to their stays', async () => {
    for (const seed of RUNS)
      await withSeed(seed, (random) => {
        const { events, state } = play('conversation', conversation, {
          random,
          command: () => randomCommand(random),
          given:
            seed % 4 === 0 ? [] : [{ ...doeStartedAGroup, data: { ...doeStartedAGroup.data, startedBy: PEOPLE[0]! } }],
          check: invariants,
        });
        gapless(events);
        seenInPresence(events, state);
        expect(events.reduce(conversation.evolve, conversation.initialState)).toEqual(state);
      });
  });

  it('never break a message: nothing after it was retracted, corrections counted, reactions once', async () => {
    for (const seed of RUNS)
      await withSeed(seed, (random) => {
        const about = { conversationId, sequence: 1 };
        const kinds: (() => MessageCommand)[] = [
          () => ({ type: 'CorrectMessage', data: { ...about, author: PEOPLE[0]!, text: pick(random, TEXTS) } }),
          () => ({ type: 'AddReaction', data: { ...about, reaction: pick(random, EMOJI) } }),
          () => ({ type: 'RemoveReaction', data: { ...about, reaction: pick(random, EMOJI) } }),
        ];
        const retract = (): MessageCommand => ({
          type: 'RetractMessage',
          data: { ...about, author: PEOPLE[0]!, mentions: PEOPLE.slice(1, 3) },
        });
        const { events, state } = play('message', message, {
          random,
          command: () => (below(random, 200) === 0 ? retract() : pick(random, kinds)()),
          check: ({ reactions }) => {
            for (const own of Object.values(reactions)) expect(new Set(own).size).toBe(own.length);
          },
        });
        const corrections = events.flatMap((event) =>
          event.type === 'MessageCorrected' ? [event.data.correction] : [],
        );
        expect(corrections).toEqual(corrections.map((_, index) => index + 1));
        const end = events.findIndex(({ type }) => type === 'MessageRetracted');
        expect(end === -1 || end === events.length - 1).toBe(true);
        expect(state.retracted).toBe(end !== -1);
      });
  });

  it('never move a read marker back', async () => {
    for (const seed of RUNS)
      await withSeed(seed, (random) => {
        let marker = 0;
        const kinds: (() => DeskCommand)[] = [
          () => ({ type: 'OpenTab', data: { conversationId } }),
          () => ({ type: 'CloseTab', data: { conversationId, upTo: below(random, 9) } }),
          () => ({ type: 'MoveReadMarker', data: { conversationId, sequence: below(random, 50) } }),
          () => ({
            type: 'MuteConversation',
            data: { conversationId, muted: below(random, 2) === 0, stay: 1 + below(random, 2) },
          }),
          () => ({ type: 'ShareReading', data: { shared: below(random, 2) === 0 } }),
        ];
        play('desk', desk, {
          random,
          command: () => pick(random, kinds)(),
          check: ({ tabs }) => {
            const now = tabs[conversationId]?.readMarker ?? 0;
            expect(now).toBeGreaterThanOrEqual(marker);
            marker = now;
          },
        });
      });
  });
});
