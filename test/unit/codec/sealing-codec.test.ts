import type { EventSchema } from '../../../src/application/codec/event-schema.js';
import { EVENT_SCHEMAS } from '../../../src/application/codec/schemas/index.js';
import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import type { EncodedEvent } from '../../../src/application/ports/event-codec.js';
import {
  STREAM_CATEGORIES,
  streamId,
  type StreamCategory,
  type StreamId,
} from '../../../src/application/ports/event-log.js';
import { KeyDestroyed } from '../../../src/application/ports/key-store.js';
import * as accountExamples from '../../../src/domain/account/examples.js';
import * as conversationExamples from '../../../src/domain/conversation/examples.js';
import * as deskExamples from '../../../src/domain/desk/examples.js';
import * as messageExamples from '../../../src/domain/message/examples.js';
import * as presenceExamples from '../../../src/domain/presence/examples.js';
import * as rosterExamples from '../../../src/domain/roster/examples.js';
import type { Message } from '../../../src/domain/kernel/message.js';
import { anyMetadata, deepFreeze, MapKeyStore, newEvent } from '../../support/decider-harness.js';

type Json = Record<string, unknown>;

const { doeAndSmith, doePosted, doeStartedAGroup, doeStartedWithSmith, johnDoe, johnSmith } = conversationExamples;
const talk = streamId('conversation', doeAndSmith);
const doesAccount = streamId('account', johnDoe);
const { doeRegistered } = accountExamples;

const rig = () => {
  const keys = new MapKeyStore();
  return { keys, codec: new SealingCodec(keys) };
};

/** The stored event with its data, or metadata, changed by hand. */
const forged = (encoded: EncodedEvent, change: { data?: (data: Json) => Json; metadata?: Json }): EncodedEvent => ({
  ...encoded,
  data: JSON.stringify((change.data ?? ((data) => data))(JSON.parse(encoded.data) as Json)),
  metadata: JSON.stringify({ ...(JSON.parse(encoded.metadata) as Json), ...change.metadata }),
});

const sealOf = (encoded: EncodedEvent): Record<string, string> =>
  (JSON.parse(encoded.data) as { $sealed: Record<string, string> }).$sealed;

const withSeal = (encoded: EncodedEvent, seal: unknown): EncodedEvent =>
  forged(encoded, { data: (data) => ({ ...data, $sealed: seal }) });

describe('personal fields', () => {
  it('SEC-27 are never in clear in what is stored, nor in any part of it', async () => {
    const { codec } = rig();
    const text = 'Zwölf Boxkämpfer 😀';
    const message = await codec.encode(talk, newEvent(doePosted(1, text)));
    expect(message.data + message.metadata).not.toContain('Zwölf');
    expect(Buffer.from(sealOf(message)[johnDoe]!, 'base64').toString('latin1')).not.toContain('Boxk');
    const registration = await codec.encode(doesAccount, newEvent(doeRegistered));
    for (const secret of ['john.doe', 'John Doe', 'example.org']) expect(registration.data).not.toContain(secret);
    expect(Object.keys(JSON.parse(registration.data) as Json).sort()).toEqual(['$sealed', 'registeredAt', 'userId']);
  });

  it('SEC-27 of one person are sealed together, and never alike twice', async () => {
    const { codec } = rig();
    const [one, other] = [
      await codec.encode(doesAccount, newEvent(doeRegistered)),
      await codec.encode(doesAccount, newEvent(doeRegistered)),
    ];
    expect(Object.keys(sealOf(one))).toEqual([johnDoe]);
    expect(sealOf(one)).not.toEqual(sealOf(other));
  });

  it('SEC-27 have no initialisation vector twice, over many pages of random bytes', async () => {
    const { codec } = rig();
    const vectors = new Set<string>();
    for (let sequence = 1; sequence <= 1_200; sequence++) {
      const encoded = await codec.encode(talk, newEvent(doePosted(sequence)));
      vectors.add(sealOf(encoded)[johnDoe]!.slice(0, 16));
    }
    expect(vectors.size).toBe(1_200);
  });

  it('SEC-27 read as null once the key was destroyed, and the rest stays', async () => {
    const { codec, keys } = rig();
    const encoded = await codec.encode(doesAccount, newEvent(doeRegistered));
    await keys.destroy(johnDoe);
    expect((await codec.decode(doesAccount, encoded)).event).toEqual({
      ...doeRegistered,
      data: { ...doeRegistered.data, login: null, displayName: null, email: null },
    });
  });

  it('SEC-27 of one person stay when another is erased', async () => {
    const { codec, keys } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    await keys.destroy(johnSmith);
    expect((await codec.decode(talk, encoded)).event).toEqual(doePosted(1));
  });

  it('SEC-27 are not written for a person whose key was destroyed', async () => {
    const { codec, keys } = rig();
    await keys.destroy(johnDoe);
    await expect(codec.encode(talk, newEvent(doePosted(1)))).rejects.toBeInstanceOf(KeyDestroyed);
  });
});

describe('a seal', () => {
  it('SEC-27 fails on any single changed byte', async () => {
    const { codec } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    const bytes = Buffer.from(sealOf(encoded)[johnDoe]!, 'base64');
    for (let index = 0; index < bytes.length; index++) {
      const broken = Buffer.from(bytes);
      broken[index]! ^= 1;
      await expect(codec.decode(talk, withSeal(encoded, { [johnDoe]: broken.toString('base64') }))).rejects.toThrow();
    }
  });

  it('SEC-27 fails when cut short, empty, or no text', async () => {
    const { codec } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    const whole = sealOf(encoded)[johnDoe]!;
    for (const seal of [whole.slice(0, -4), whole.slice(0, 36), whole.slice(0, 16), '', null, 7, {}])
      await expect(codec.decode(talk, withSeal(encoded, { [johnDoe]: seal }))).rejects.toThrow();
  });

  it('SEC-27 fails in another stream', async () => {
    const { codec } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    const elsewhere: StreamId = streamId('conversation', '7b0ad8ce-6c9e-5a60-9a3b-2d1c56a1f002');
    await expect(codec.decode(elsewhere, encoded)).rejects.toThrow();
  });

  it('SEC-27 fails under another event id', async () => {
    const { codec } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    await expect(codec.decode(talk, { ...encoded, id: 'e0a80101-0000-4000-8000-00000000e002' })).rejects.toThrow();
  });

  it('SEC-27 fails with the key of another person', async () => {
    const { codec, keys } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    await keys.obtain(johnSmith);
    const moved = forged(encoded, {
      data: (data) => ({ ...data, author: johnSmith, $sealed: { [johnSmith]: sealOf(encoded)[johnDoe] } }),
    });
    await expect(codec.decode(talk, moved)).rejects.toThrow();
  });

  it('SEC-27 fails when the message is put into the mouth of another person', async () => {
    const { codec } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    await expect(
      codec.decode(talk, forged(encoded, { data: (data) => ({ ...data, author: johnSmith }) })),
    ).rejects.toThrow();
  });

  it('SEC-27 cannot be taken off, whether the key is there or not', async () => {
    const { codec, keys } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    const { $sealed: _, ...bare } = JSON.parse(encoded.data) as Json;
    await expect(codec.decode(talk, forged(encoded, { data: () => bare }))).rejects.toThrow('text');
    await keys.destroy(johnDoe);
    await expect(codec.decode(talk, forged(encoded, { data: () => bare }))).rejects.toThrow('text');
  });

  it('SEC-27 cannot be replaced by a text in clear', async () => {
    const { codec } = rig();
    const encoded = await codec.encode(talk, newEvent(doePosted(1)));
    const { $sealed: _, ...bare } = JSON.parse(encoded.data) as Json;
    const clear = forged(encoded, { data: () => ({ ...bare, text: 'I never said that' }) });
    await expect(codec.decode(talk, clear)).rejects.toThrow();
  });
});

describe('decoding fails closed', () => {
  const started = async () => {
    const { codec } = rig();
    return { codec, encoded: await codec.encode(talk, newEvent(doeStartedWithSmith)) };
  };

  it('R13 on an event type that is not known, or not of this category', async () => {
    const { codec, encoded } = await started();
    for (const type of ['ConversationExploded', 'TabOpened', 'constructor', '__proto__', ''])
      await expect(codec.decode(talk, { ...encoded, type })).rejects.toThrow(`unknown event type ${type}`);
  });

  it('R13 on a stream of no category', async () => {
    const { codec, encoded } = await started();
    for (const stream of ['presence-1', 'constructor-1', '__proto__-1', 'conversation', ''])
      await expect(codec.decode(stream as StreamId, encoded)).rejects.toThrow('unknown event type');
  });

  it.each([0, -1, 2, 99, 1.5, '1', null, true])('R24 on version %j', async (schemaVersion) => {
    const { codec, encoded } = await started();
    await expect(codec.decode(talk, forged(encoded, { metadata: { schemaVersion } }))).rejects.toThrow('version');
  });

  it('R13 on a field that is too much', async () => {
    const { codec, encoded } = await started();
    await expect(codec.decode(talk, forged(encoded, { data: (data) => ({ ...data, extra: 1 }) }))).rejects.toThrow(
      'extra',
    );
  });

  it('R13 on each field that is missing or of a wrong type', async () => {
    const { codec, encoded } = await started();
    for (const field of Object.keys(doeStartedWithSmith.data)) {
      const without = (data: Json): Json => Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));
      await expect(codec.decode(talk, forged(encoded, { data: without }))).rejects.toThrow(field);
      for (const wrong of [null, true, {}, 'no uuid', -1, 1.5])
        await expect(
          codec.decode(talk, forged(encoded, { data: (data) => ({ ...data, [field]: wrong }) })),
        ).rejects.toThrow(field);
    }
  });

  it('R13 on what is not JSON, or no object', async () => {
    const { codec, encoded } = await started();
    for (const data of ['', '{', 'null', '1', '[]', '"text"'])
      await expect(codec.decode(talk, { ...encoded, data })).rejects.toThrow();
    for (const metadata of ['', '{', 'null', '1'])
      await expect(codec.decode(talk, { ...encoded, metadata })).rejects.toThrow();
  });
});

describe('an event of an earlier version', () => {
  const version = (now: number, upcasts: EventSchema['upcasts'] = {}): EventSchema => ({
    ...(EVENT_SCHEMAS.conversation['MessagePosted'] as EventSchema),
    version: now,
    upcasts,
  });
  const table = EVENT_SCHEMAS.conversation as Record<string, EventSchema>;
  afterEach(() => {
    delete table['MessageShouted'];
  });

  it('R24 is brought up step by step, after its seal was opened', async () => {
    const { codec } = rig();
    const event = { ...doePosted(1, 'hi'), type: 'MessageShouted' };
    table['MessageShouted'] = version(1);
    const encoded = await codec.encode(talk, newEvent(event));
    table['MessageShouted'] = version(3, {
      1: (data) => ({ ...data, text: `${String(data['text'])}!` }),
      2: (data) => ({ ...data, text: `${String(data['text'])}?` }),
    });
    expect((await codec.decode(talk, encoded)).event).toEqual({ ...event, data: { ...event.data, text: 'hi!?' } });
  });

  it('R24 fails when a step is missing', async () => {
    const { codec } = rig();
    table['MessageShouted'] = version(1);
    const encoded = await codec.encode(talk, newEvent({ ...doePosted(1), type: 'MessageShouted' }));
    table['MessageShouted'] = version(2);
    await expect(codec.decode(talk, encoded)).rejects.toThrow('no upcast from version 1');
  });
});

describe('encoding', () => {
  const inCategory = (category: StreamCategory, all: object): [StreamCategory, Message][] =>
    Object.values(all)
      .filter((one: unknown): one is Message => typeof one === 'object')
      .map((event) => [category, event]);
  const examples: [StreamCategory, Message][] = [
    ...inCategory('account', accountExamples),
    ...inCategory('conversation', conversationExamples),
    ['conversation', doePosted(1)],
    ...inCategory('desk', deskExamples),
    ...inCategory('message', messageExamples),
    ...inCategory('presence', presenceExamples),
    ...inCategory('roster', rosterExamples),
  ];

  it('R24 has an example of every event type', () => {
    const named = examples.map(([category, { type }]) => `${category} ${type}`).sort();
    const known = STREAM_CATEGORIES.flatMap((category) =>
      Object.keys(EVENT_SCHEMAS[category]).map((type) => `${category} ${type}`),
    );
    expect(named).toEqual(known.sort());
  });

  it.each(examples)('R24 reads back what it wrote: %s %j', async (category, event) => {
    const { codec } = rig();
    const stream = streamId(category, johnDoe);
    const encoded = await codec.encode(stream, deepFreeze(newEvent(event)));
    expect(await codec.decode(stream, encoded)).toEqual({ event, metadata: anyMetadata });
    expect(encoded).toMatchObject({ id: newEvent(event).id, type: event.type });
    expect(JSON.parse(encoded.metadata)).toEqual({
      ...anyMetadata,
      schemaVersion: EVENT_SCHEMAS[category][event.type]?.version,
    });
  });

  it.each([
    ['a field too much', { ...doePosted(1).data, extra: 1 }],
    ['a field too few', { ...doePosted(1).data, postedAt: undefined }],
    ['an erased text', { ...doePosted(1).data, text: null }],
    ['an empty text', { ...doePosted(1).data, text: '' }],
    ['a lone surrogate', { ...doePosted(1).data, text: 'a\ud800b' }],
    ['a sequence of zero', { ...doePosted(1).data, sequence: 0 }],
    ['a fraction of a millisecond', { ...doePosted(1).data, postedAt: 1.5 }],
    ['a list that is none', { ...doePosted(1).data, mentions: johnSmith }],
    ['a mention of nobody', { ...doePosted(1).data, mentions: ['john'] }],
    ['an answer to no message', { ...doePosted(1).data, replyTo: 0 }],
    ['no UUID', { ...doePosted(1).data, author: 'john' }],
  ])('R13 refuses an event with %s', async (_what, data) => {
    const { codec } = rig();
    await expect(codec.encode(talk, newEvent({ type: 'MessagePosted', data }))).rejects.toThrow(
      'event MessagePosted does not fit its schema',
    );
  });

  it('R24 SEC-27 reads a title back, and none; an erased one as none', async () => {
    const { codec, keys } = rig();
    const untitled = { ...doeStartedAGroup, data: { ...doeStartedAGroup.data, title: null } };
    const stored = await codec.encode(talk, newEvent(untitled));
    expect((await codec.decode(talk, stored)).event).toEqual(untitled);
    const titled = await codec.encode(talk, newEvent(doeStartedAGroup));
    expect(JSON.stringify(titled)).not.toContain(doeStartedAGroup.data.title);
    await keys.destroy(johnDoe);
    for (const one of [stored, titled]) expect((await codec.decode(talk, one)).event).toEqual(untitled);
  });

  it('R13 refuses an event of another category, or of none', async () => {
    const { codec } = rig();
    await expect(codec.encode(doesAccount, newEvent(doePosted(1)))).rejects.toThrow('unknown event type');
    await expect(codec.encode(talk, newEvent({ type: 'toString', data: {} }))).rejects.toThrow('unknown event type');
  });
});
