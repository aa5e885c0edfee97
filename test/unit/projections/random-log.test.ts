import type { Generation } from '../../../src/application/ports/read-model-store.js';
import { DEFAULT_LIMITS } from '../../../src/application/protocol/index.js';
import {
  aGroup,
  doeStartedAGroup,
  johnDoe,
  johnSmith,
  murdock,
  peck,
} from '../../../src/domain/conversation/examples.js';
import {
  conversation,
  participantsOf,
  type ConversationCommand,
  type StartedConversation,
} from '../../../src/domain/conversation/index.js';
import type { Decider } from '../../../src/domain/kernel/decider.js';
import { asId, type MessageId, type UserId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import type { Message } from '../../../src/domain/kernel/message.js';
import { message, type MessageCommand } from '../../../src/domain/message/index.js';
import { MemoryReadModels } from '../../../src/infrastructure/read-models/memory/memory-read-models.js';
import type { ConversationDocument } from '../../../src/projections/conversations/conversations.model.js';
import type { InvitationDocument } from '../../../src/projections/invitations/invitations.model.js';
import { PROJECTIONS, type ProjectionName } from '../../../src/projections/index.js';
import { foldWords } from '../../../src/projections/runtime/fold-words.js';
import { changesOf, type PlacedEvent, type Projection } from '../../../src/projections/runtime/projection.js';
import {
  isMessage,
  type MessageDocument,
  type TranscriptEntry,
} from '../../../src/projections/transcript/transcript.model.js';
import { termOf, type WordsDocument } from '../../../src/projections/words/words.model.js';
import { below, pick, withSeed } from '../../support/random.js';

const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000);
const RUNS = Array.from({ length: 12 }, (_, n) => SEED + n);
const PEOPLE = [johnDoe, johnSmith, murdock, peck];
const SECRET = 'secret';
type Random = () => number;
type Placed = PlacedEvent<Message>;

interface World {
  readonly log: readonly Placed[];
  readonly state: StartedConversation;
  readonly retracted: ReadonlySet<number>;
}

/** One group as its deciders let it go on, and what became of its messages; positions have gaps, and the other categories' events are not there. */
const worldOf = (random: Random): World => {
  const log: Placed[] = [];
  const retracted = new Set<number>();
  let position = 0;
  const decided = <S, C extends Message, E extends Message>(
    decider: Decider<S, C, E, string>,
    state: S,
    command: C,
    principal: UserId,
  ): S => {
    const now = asInstant(1_700_000_000_000 + log.length);
    const decision = decider.decide(command, state, { principal, now, limits: DEFAULT_LIMITS });
    if (decision.kind === 'rejected') return state;
    for (const event of decision.events) log.push({ event, position: (position += 1 + below(random, 3)) });
    return decision.events.reduce(decider.evolve, state);
  };
  log.push({ event: doeStartedAGroup, position: ++position });
  let state = conversation.evolve(conversation.initialState, doeStartedAGroup) as StartedConversation;
  const messages = new Map<number, { author: UserId; state: typeof message.initialState }>();
  for (let step = 0; step < 120; step++) {
    const principal = pick(random, PEOPLE);
    const sequence = 1 + below(random, 10);
    const about = messages.get(sequence);
    if (about && below(random, 2) === 0) {
      const command = messageCommand(random, { sequence, author: about.author });
      const by = command.type.endsWith('Message') ? about.author : principal;
      messages.set(sequence, { ...about, state: decided(message, about.state, command, by) });
      if (messages.get(sequence)?.state.retracted) retracted.add(sequence);
    } else {
      const before = state.lastSequence;
      state = decided(conversation, state, conversationCommand(random), principal) as StartedConversation;
      if (state.lastSequence > before)
        messages.set(state.lastSequence, { author: principal, state: message.initialState });
    }
  }
  return { log, state, retracted };
};

const conversationCommand = (random: Random): ConversationCommand => {
  const about = { conversationId: aGroup };
  return pick<() => ConversationCommand>(random, [
    () => ({ type: 'InviteParticipants', data: { ...about, users: [pick(random, PEOPLE)] } }),
    () => ({ type: 'WithdrawInvitation', data: { ...about, user: pick(random, PEOPLE) } }),
    () => ({ type: 'JoinConversation', data: about }),
    () => ({ type: 'DeclineInvitation', data: about }),
    () => ({ type: 'LeaveConversation', data: about }),
    () => ({ type: 'TitleConversation', data: { ...about, title: pick(random, ['One', 'Two', null]) } }),
    ...Array.from({ length: 3 }, () => (): ConversationCommand => ({
      type: 'PostMessage',
      data: {
        ...about,
        messageId: asId<MessageId>('5d3cbd0a-1f61-4a57-8f4a-0000000000ff'),
        text: `${SECRET} w${below(random, 9)}`,
        replyTo: 1 + below(random, 9),
        mentions: [pick(random, PEOPLE)],
      },
    })),
  ])();
};

const messageCommand = (random: Random, { sequence, author }: { sequence: number; author: UserId }): MessageCommand => {
  const about = { conversationId: aGroup, sequence };
  return pick<() => MessageCommand>(random, [
    () => ({ type: 'CorrectMessage', data: { ...about, author, text: `${SECRET} c${below(random, 9)}` } }),
    () => ({ type: 'RetractMessage', data: { ...about, author, mentions: [] } }),
    () => ({ type: 'AddReaction', data: { ...about, reaction: '👍' } }),
    () => ({ type: 'RemoveReaction', data: { ...about, reaction: '👍' } }),
  ])();
};

/** The documents of one projection after the batches. */
const projected = async (
  table: Projection,
  batches: readonly (readonly Placed[])[],
): Promise<Record<string, object>> => {
  const store = new MemoryReadModels();
  const generation: Generation = `${table.name}__g1`;
  await store.prepare(generation);
  for (const batch of batches)
    await store.apply(
      generation,
      batch.map((placed) => ({ at: placed.position, changes: changesOf(table, placed) })),
      batch.at(-1)?.position ?? 0,
    );
  const all = await store.page(generation, { limit: 10_000, order: 'ascending' });
  return Object.fromEntries(all.map(({ key, doc }) => [key, doc]));
};

const ofTable = (table: Projection, log: readonly Placed[]): readonly Placed[] =>
  log.filter(({ event }) => Object.hasOwn(table.handlers, event.type));

const documentsOf = async <Doc>(name: ProjectionName, log: readonly Placed[]): Promise<readonly Doc[]> => {
  const table = PROJECTIONS.find((one) => one.name === name);
  if (!table) throw new Error(name);
  return Object.values(await projected(table, [ofTable(table, log)])) as Doc[];
};

describe(`a log of random happenings, seeds from ${SEED} on (PARLEY_TEST_SEED=n runs from n)`, () => {
  const each = async (check: (world: World, random: Random) => Promise<void>): Promise<void> => {
    for (const seed of RUNS) await withSeed(seed, (random) => check(worldOf(random), random));
  };

  it('R9 comes to the same documents, in any batches, and however often and late a part comes again', () =>
    each(async ({ log }, random) => {
      for (const table of PROJECTIONS) {
        const events = ofTable(table, log);
        const expected = await projected(
          table,
          events.map((one) => [one]),
        );
        const batches: (readonly Placed[])[] = [];
        for (let next = 0; next < events.length;) {
          const size = 1 + below(random, 9);
          batches.push(events.slice(next, next + size));
          next += size;
          batches.push(events.slice(below(random, next), next));
        }
        expect(await projected(table, [...batches, events])).toEqual(expected);
      }
    }));

  it('S33 S38 S57 shows who takes part and who is invited as the rules have it', () =>
    each(async ({ log, state }) => {
      const [head] = await documentsOf<ConversationDocument>('conversations', log);
      expect([...(head?.participants ?? [])].sort()).toEqual([...participantsOf(state)].sort());
      expect(head).toMatchObject({
        title: state.title,
        lastSequence: state.lastSequence,
        lastPostedAt: state.lastPostedAt,
      });
      const tabs = PROJECTIONS.find(({ name }) => name === 'tabs') as Projection;
      const owners = Object.keys(await projected(tabs, [ofTable(tabs, log)])).map((key) => key.split('/')[0]);
      expect(owners.sort()).toEqual([...participantsOf(state)].sort());
      const open = await documentsOf<InvitationDocument>('invitations', log);
      expect(open.map(({ invitedBy }) => invitedBy).sort()).toEqual(
        Object.values(state.invitations)
          .map(({ invitedBy }) => invitedBy)
          .sort(),
      );
    }));

  it('keeps no text of what was retracted, in the transcript or among the words, and the words of what stands', () =>
    each(async ({ log, retracted }) => {
      const entries = await documentsOf<TranscriptEntry>('transcript', log);
      const shown = entries.filter((entry): entry is MessageDocument => isMessage(entry));
      expect(shown.filter(({ text }) => text === null).map(({ sequence }) => sequence)).toEqual(
        [...retracted].sort((a, b) => a - b),
      );
      expect(
        JSON.stringify(entries.filter((entry) => isMessage(entry) && retracted.has(entry.sequence))),
      ).not.toContain(SECRET);
      const found = await documentsOf<WordsDocument>('words', log);
      expect(Object.fromEntries(found.map(({ sequence, terms }) => [sequence, terms]))).toEqual(
        Object.fromEntries(
          shown.flatMap(({ sequence, text }) =>
            text === null ? [] : [[sequence, foldWords(text).map((word) => termOf(aGroup, word))]],
          ),
        ),
      );
    }));
});
