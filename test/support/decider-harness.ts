import { randomBytes } from 'node:crypto';
import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import {
  streamId,
  type EventMetadata,
  type NewEvent,
  type StreamCategory,
} from '../../src/application/ports/event-log.js';
import { KeyDestroyed, type KeyStore } from '../../src/application/ports/key-store.js';
import type { Decider, Decision, DecisionContext } from '../../src/domain/kernel/decider.js';
import { asId, type CommandId, type EventId, type UserId } from '../../src/domain/kernel/ids.js';
import type { Message } from '../../src/domain/kernel/message.js';

/** Keys in a map. `null`: destroyed. */
export class MapKeyStore implements KeyStore {
  private readonly keys = new Map<UserId, Buffer | null>();

  set(subject: UserId, key: Buffer): void {
    this.keys.set(subject, key);
  }

  obtain(subject: UserId): Promise<Buffer> {
    const key = this.keys.get(subject) ?? randomBytes(32);
    if (this.keys.get(subject) === null) return Promise.reject(new KeyDestroyed(subject));
    this.keys.set(subject, key);
    return Promise.resolve(key);
  }

  async obtainAll(subjects: readonly UserId[]): Promise<void> {
    await Promise.all(subjects.map((subject) => this.obtain(subject)));
  }

  find(subject: UserId): Promise<Buffer | null> {
    return Promise.resolve(this.keys.get(subject) ?? null);
  }

  destroy(subject: UserId): Promise<void> {
    this.keys.set(subject, null);
    return Promise.resolve();
  }
}

export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
};

const jsonOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

export const anyMetadata: EventMetadata = {
  commandId: asId<CommandId>('c0a80101-0000-4000-8000-00000000c001'),
  causationId: 'c0a80101-0000-4000-8000-00000000c001',
  correlationId: 'c0a80101-0000-4000-8000-00000000c002',
  principal: 'system',
  node: 'test',
};

export const newEvent = <E extends Message>(event: E, id = 'e0a80101-0000-4000-8000-00000000e001'): NewEvent<E> => ({
  id: asId<EventId>(id),
  event,
  metadata: anyMetadata,
});

/** The aggregate's own id does not matter to the codec, as long as both sides name the same stream. */
const roundTrip = async (category: StreamCategory, events: readonly Message[]): Promise<void> => {
  const codec = new SealingCodec(new MapKeyStore());
  const stream = streamId(category, '5a5a5a5a-0000-4000-8000-000000000001');
  for (const event of events) {
    const { event: back, metadata } = await codec.decode(stream, await codec.encode(stream, newEvent(event)));
    expect({ type: back.type, data: back.data }).toEqual(event);
    expect(metadata).toEqual(anyMetadata);
  }
};

/** What the command is expected to bring: the events in order (none: nothing changes), or the code of the refusal. */
export type Expected<E extends Message, R extends string> = readonly E[] | { readonly rejected: R };

/**
 * `given(events).when(command, context).then(expected)` for one aggregate. Each run also proves what every decider owes: inputs stay
 * untouched, states survive JSON, events survive the codec, the same question gets the same answer, and `produced` knows its own.
 */
export const deciderHarness = <S, C extends Message, E extends Message, R extends string>(
  category: StreamCategory,
  decider: Decider<S, C, E, R>,
) => {
  const fold = (from: S, events: readonly E[]): S =>
    events.reduce((state, event) => {
      const next = deepFreeze(decider.evolve(state, event));
      expect(jsonOf(next)).toEqual(next);
      return next;
    }, deepFreeze(from));

  const run = async (
    given: readonly E[],
    command: C,
    context: DecisionContext,
    expected: Expected<E, R>,
  ): Promise<S> => {
    await roundTrip(category, given);
    const state = fold(decider.initialState, deepFreeze(given));
    const decision: Decision<E, R> = decider.decide(deepFreeze(command), state, deepFreeze(context));
    expect(decider.decide(command, state, context)).toEqual(decision);
    expect(decider.decide(command, jsonOf(state) as S, context)).toEqual(decision);
    if ('rejected' in expected) {
      expect(decision).toEqual({ kind: 'rejected', rejection: expected.rejected });
      return state;
    }
    expect(decision).toEqual({ kind: 'accepted', events: expected });
    await roundTrip(category, expected);
    const after = fold(state, deepFreeze(expected));
    if (expected.length > 0) expect(decider.produced(command, expected, after)).toBe(true);
    return after;
  };

  return {
    /** The state after these events. */
    state: (...events: readonly E[]): S => fold(decider.initialState, deepFreeze(events)),
    /** Whether the command made these events, as a cell asks that knows `others` as well. */
    produced: (command: C, events: readonly E[], others: readonly E[] = []): boolean =>
      decider.produced(command, events, fold(decider.initialState, deepFreeze([...others, ...events]))),
    given: (...events: readonly E[]) => ({
      when: (command: C, context: DecisionContext) => ({
        /** Resolves with the state after the produced events. */
        then: (expected: Expected<E, R>): Promise<S> => run(events, command, context, expected),
      }),
    }),
  };
};
