import { DEFAULT_LIMITS } from '../../src/application/protocol/index.js';
import { randomUUID } from 'node:crypto';
import {
  ActorSystem,
  ACTOR_SYSTEM_DEFAULTS,
  type ActorSystemOptions,
} from '../../src/application/actors/actor-system.js';
import type { Answer, Envelope } from '../../src/application/actors/answer.js';
import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import { streamId, type EventLog, type RecordedEvent } from '../../src/application/ports/event-log.js';
import type { SnapshotStore } from '../../src/application/ports/snapshot-store.js';
import type {
  ConversationCommand,
  ConversationEvent,
  ConversationRejection,
} from '../../src/domain/conversation/index.js';
import { asId, type CommandId, type ConversationId, type UserId } from '../../src/domain/kernel/ids.js';
import { MemoryEventLog } from '../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryReadModels } from '../../src/infrastructure/read-models/memory/memory-read-models.js';
import { MemoryKeyStore } from '../../src/infrastructure/vault/memory/memory-vault.js';
import { allOf } from './eventually.js';
import { ada, bob, nthId, someInstant } from './events.js';
import { TappedLog } from './tapped-log.js';

export type ConversationAnswer = Answer<ConversationEvent, ConversationRejection>;

export const talk = nthId<ConversationId>(1, 2);
export const talkStream = streamId('conversation', talk);

export const envelope = <C extends ConversationCommand>(
  command: C,
  commandId: string = randomUUID(),
  principal: UserId = ada,
): Envelope<C> => ({ command, commandId: asId<CommandId>(commandId), principal, correlationId: commandId });

export const start = (conversationId = talk, commandId?: string) =>
  envelope({ type: 'StartDirectConversation', data: { conversationId, with: bob } }, commandId);

/** The message's id follows from the command's, as with a client that tries again. */
export const post = (text: string, commandId: string = randomUUID(), principal = ada, conversationId = talk) =>
  envelope(
    { type: 'PostMessage', data: { conversationId, messageId: asId(commandId), text, replyTo: null, mentions: [] } },
    commandId,
    principal,
  );

export const sequenceOf = (answer: ConversationAnswer): number | null => {
  const event = answer.kind === 'accepted' ? answer.events[0]?.event : undefined;
  return event?.type === 'MessagePosted' ? event.data.sequence : null;
};

/** What an answer comes to in one word, for comparing many. */
export const outcomeOf = (answer: ConversationAnswer): string => {
  if (answer.kind === 'rejected') return answer.rejection;
  if (answer.kind === 'refused') return answer.refusal;
  return answer.duplicate ? 'duplicate' : 'accepted';
};

/** Logs and stores in memory, and as many nodes on them as a test wants. */
export const actorWorld = () => {
  const memory = new MemoryEventLog(new SealingCodec(new MemoryKeyStore()));
  const log = new TappedLog(memory);
  const snapshots = new MemoryReadModels();
  const warnings: string[] = [];
  const node = (
    options: Partial<ActorSystemOptions> = {},
    { on = log, keeping = snapshots }: { on?: EventLog; keeping?: SnapshotStore } = {},
  ): ActorSystem =>
    new ActorSystem(
      {
        log: on,
        snapshots: keeping,
        clock: { now: () => someInstant },
        limits: DEFAULT_LIMITS,
        node: 'test',
        random: Math.random,
        warn: (message) => warnings.push(message),
      },
      { ...ACTOR_SYSTEM_DEFAULTS, ...options },
    );
  const stored = (): Promise<RecordedEvent[]> => allOf(memory.read(talkStream));
  return {
    log,
    faults: memory.faults,
    snapshots,
    warnings,
    node,
    stored,
    /** The texts of the conversation in order of sequence; fails when sequences have a gap or a double. */
    texts: async (): Promise<string[]> => {
      const messages = (await stored()).flatMap(({ event }) =>
        event.type === 'MessagePosted' ? [event.data as { sequence: number; text: string }] : [],
      );
      expect(messages.map(({ sequence }) => sequence)).toEqual(messages.map((_, n) => n + 1));
      return messages.map(({ text }) => text);
    },
  };
};

export const ask = (system: ActorSystem, one: Envelope<ConversationCommand>): Promise<ConversationAnswer> =>
  system.ask('conversation', one.command.data.conversationId, one);
