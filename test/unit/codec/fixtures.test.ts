import { readdirSync, readFileSync } from 'node:fs';
import { AGGREGATES } from '../../../src/application/actors/aggregate.js';
import { EVENT_SCHEMAS } from '../../../src/application/codec/schemas/index.js';
import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import type { EncodedEvent } from '../../../src/application/ports/event-codec.js';
import {
  categoryOf,
  STREAM_CATEGORIES,
  type StreamCategory,
  type StreamId,
} from '../../../src/application/ports/event-log.js';
import type { Decider } from '../../../src/domain/kernel/decider.js';
import { asId, type UserId } from '../../../src/domain/kernel/ids.js';
import type { Message } from '../../../src/domain/kernel/message.js';
import { PROJECTIONS } from '../../../src/projections/index.js';
import { changesOf } from '../../../src/projections/runtime/projection.js';
import { deepFreeze, MapKeyStore } from '../../support/decider-harness.js';

/** An event as some released version of Parley stored it. Never edited; a new version brings a new file. */
interface Fixture {
  readonly stream: StreamId;
  readonly keys: Readonly<Record<string, string>>;
  readonly stored: {
    readonly id: string;
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly metadata: Readonly<Record<string, unknown>>;
  };
  /** In the newest shape. */
  readonly expected: Message;
}

const ROOT = new URL('../../fixtures/events/', import.meta.url);

const nameOf = (type: string, version: number): string => `${type}.v${version}.json`;

const fixture = (category: StreamCategory, name: string): Fixture =>
  JSON.parse(readFileSync(new URL(`${category}/${name}`, ROOT), 'utf8')) as Fixture;

const encodedOf = ({ stored }: Fixture): EncodedEvent => ({
  id: stored.id,
  type: stored.type,
  data: JSON.stringify(stored.data),
  metadata: JSON.stringify(stored.metadata),
});

const keyStoreOf = ({ keys }: Fixture): MapKeyStore => {
  const store = new MapKeyStore();
  for (const [subject, key] of Object.entries(keys)) store.set(asId<UserId>(subject), Buffer.from(key, 'base64'));
  return store;
};

const deciderOf = (category: StreamCategory) =>
  AGGREGATES[category].decider as unknown as Decider<unknown, Message, Message, string>;

const released = STREAM_CATEGORIES.flatMap((category) =>
  Object.entries(EVENT_SCHEMAS[category]).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, index) => ({ category, type, version: index + 1 })),
  ),
);

describe('the fixtures', () => {
  it.each(STREAM_CATEGORIES)('R24 are complete, and there is none too many: %s', (category) => {
    const wanted = released
      .filter((row) => row.category === category)
      .map(({ type, version }) => nameOf(type, version));
    expect(readdirSync(new URL(`${category}/`, ROOT)).sort()).toEqual(wanted.sort());
  });

  it('R24 belong to the categories that there are', () => {
    expect(readdirSync(ROOT).sort()).toEqual([...STREAM_CATEGORIES].sort());
  });
});

describe.each(released)('$category $type, version $version', ({ category, type, version }) => {
  const frozen = fixture(category, nameOf(type, version));

  it('R24 says itself what it is', () => {
    expect(categoryOf(frozen.stream)).toBe(category);
    expect(frozen.stored.type).toBe(type);
    expect(frozen.stored.metadata['schemaVersion']).toBe(version);
  });

  it('R24 decodes to the event of today', async () => {
    const { event, metadata } = await new SealingCodec(keyStoreOf(frozen)).decode(frozen.stream, encodedOf(frozen));
    expect(event).toEqual(frozen.expected);
    const { schemaVersion: _, ...stored } = frozen.stored.metadata;
    expect(metadata).toEqual(stored);
  });

  it('R13 decodes no more when a field is missing, or holds what it must not', async () => {
    const codec = new SealingCodec(keyStoreOf(frozen));
    const decoded = (data: object) =>
      codec.decode(frozen.stream, { ...encodedOf(frozen), data: JSON.stringify({ ...frozen.stored.data, ...data }) });
    await expect(decoded({ extra: 1 })).rejects.toThrow('extra');
    for (const field of Object.keys(frozen.stored.data).filter((name) => name !== '$sealed'))
      for (const wrong of [undefined, {}, [[]], { $ne: null }, -1, 1.5, '', 'a\ud800b', '../etc'.repeat(20)])
        await expect(decoded({ [field]: wrong })).rejects.toThrow();
  });

  it('SEC-27 decodes without its keys, with nothing but the personal fields gone', async () => {
    const { event } = await new SealingCodec(new MapKeyStore()).decode(frozen.stream, encodedOf(frozen));
    const gone = Object.fromEntries(Object.keys(EVENT_SCHEMAS[category][type]!.personal).map((field) => [field, null]));
    expect(event).toEqual({ type, data: { ...frozen.expected.data, ...gone } });
  });

  it('SEC-27 holds no personal field in clear', () => {
    for (const field of Object.keys(EVENT_SCHEMAS[category][type]!.personal))
      expect(JSON.stringify(frozen.stored)).not.toContain(
        JSON.stringify((frozen.expected.data as Record<string, unknown>)[field]).slice(1, -1),
      );
  });

  it('R24 folds into its aggregate, known or unknown before', () => {
    const { initialState, evolve } = deciderOf(category);
    const once = evolve(deepFreeze(initialState), deepFreeze(frozen.expected));
    const twice = evolve(deepFreeze(once), frozen.expected);
    expect(twice).toEqual(once);
    expect(JSON.parse(JSON.stringify(once))).toEqual(once);
  });

  it('R24 is projected by every read model of its category', () => {
    const readers = PROJECTIONS.filter(({ categories }) => categories.includes(category));
    expect(readers).not.toEqual([]);
    for (const table of readers) expect(() => changesOf(table, { event: frozen.expected, position: 1 })).not.toThrow();
  });
});

describe('all fixtures of a category, in the order of its schema table', () => {
  const fold = (category: StreamCategory): unknown => {
    const { initialState, evolve } = deciderOf(category);
    return released
      .filter((row) => row.category === category)
      .map(({ type, version }) => fixture(category, nameOf(type, version)).expected)
      .reduce<unknown>((state, event) => evolve(state, event), initialState);
  };
  const [doe, smith] = ['0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01', '0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a02'];
  const magnum = '0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a03';
  const direct = '7b0ad8ce-6c9e-5a60-9a3b-2d1c56a1f001';
  const group = '7b0ad8ce-6c9e-4a60-9a3b-2d1c56a1f002';

  it('R24 fold to the same state as ever', () => {
    expect(fold('account')).toEqual({ kind: 'enabled', validFrom: 1_700_000_300_000 });
    expect(fold('conversation')).toEqual({
      kind: 'group',
      startedAt: 1_700_000_400_000,
      title: 'Budget \\ "2030"',
      spans: {
        [doe]: [{ joinedAt: 0, leftAt: null, firstNotice: 1, lastNotice: null }],
        [smith]: [{ joinedAt: 0, leftAt: 0, firstNotice: 6, lastNotice: 7 }],
      },
      present: 1,
      invitations: {},
      lastSequence: 2,
      lastNotice: 8,
      lastPostedAt: 1_700_000_407_000,
    });
    expect(fold('desk')).toEqual({
      tabs: {
        [direct]: { open: false, readMarker: 3, muted: true },
        [group]: { open: false, readMarker: 0, muted: false },
      },
      sharesReading: true,
      schedule: {
        zone: 'Europe/Paris',
        workingHours: { days: [1, 2, 3, 4, 5], from: 540, to: 1080 },
        doNotDisturb: [{ days: [1], from: 840, to: 900 }],
      },
    });
    expect(fold('presence')).toMatchObject({
      sessions: [{ device: 'computer', idle: false }],
      imposedUntil: 1_700_000_660_000,
    });
    expect(fold('roster')).toEqual({
      asked: { [smith]: { state: 'removed', request: 1, ended: 1, askedAt: 1_700_000_600_000 } },
      received: { [magnum]: { state: 'left', request: 1 } },
    });
    expect(fold('message')).toEqual({ retracted: true, corrections: 1, reactions: { [smith]: ['❤️'] } });
  });
});
