import { randomUUID } from 'node:crypto';
import { streamId, type EventMetadata, type NewEvent, type StreamId } from '../../src/application/ports/event-log.js';
import type { MessagePosted } from '../../src/domain/conversation/events.js';
import type { ReadMarkerMoved } from '../../src/domain/desk/events.js';
import { asId, type CommandId, type EventId, type UserId } from '../../src/domain/kernel/ids.js';
import { asInstant, type Instant } from '../../src/domain/kernel/instant.js';
import type { Message } from '../../src/domain/kernel/message.js';
import type { AvailabilityChosen } from '../../src/domain/presence/index.js';

export const someInstant = asInstant(1_700_000_000_000);

/** The nth id of a kind: readable in a failure, the same in every run. */
export const nthId = <T extends string>(n: number, kind = 0): T =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as T;

export const ada = nthId<UserId>(1, 1);
export const bob = nthId<UserId>(2, 1);

export const someStream = (): StreamId => streamId('conversation', randomUUID());

export const metadataOf = (commandId: string = randomUUID()): EventMetadata => ({
  commandId: asId<CommandId>(commandId),
  causationId: commandId,
  correlationId: commandId,
  principal: ada,
  node: 'test',
});

/** A new event with an id of its own. */
export const fresh = <E extends Message>(event: E): NewEvent<E> => ({
  id: asId<EventId>(randomUUID()),
  event,
  metadata: metadataOf(),
});

/** A message in the conversation that the stream belongs to. */
export const posted = (
  stream: StreamId,
  sequence: number,
  text = `message ${sequence}`,
  author = ada,
): MessagePosted => ({
  type: 'MessagePosted',
  data: {
    conversationId: asId(stream.slice('conversation-'.length)),
    messageId: asId(randomUUID()),
    sequence,
    author,
    text,
    replyTo: null,
    mentions: [],
    postedAt: someInstant,
  },
});

export const markerMoved = (sequence: number): ReadMarkerMoved => ({
  type: 'ReadMarkerMoved',
  data: { owner: ada, conversationId: nthId(1, 2), sequence, shared: true },
});

/** Somebody chose to be busy, with these words. */
export const busyChosen = (user: UserId, at: Instant, text: string): AvailabilityChosen => ({
  type: 'AvailabilityChosen',
  data: {
    user,
    at,
    changed: true,
    sessions: [],
    availability: 'busy',
    text,
    until: null,
    device: 'computer',
    chosenAt: at,
    formerAvailability: null,
    formerText: null,
    imposed: null,
    overridden: false,
    imposedUntil: null,
    since: at,
  },
});
