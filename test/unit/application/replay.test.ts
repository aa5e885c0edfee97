import { randomUUID } from 'node:crypto';
import { replay } from '../../../src/application/audit/replay.js';
import { SealingCodec } from '../../../src/application/codec/sealing-codec.js';
import { streamId } from '../../../src/application/ports/event-log.js';
import { asId, type ConversationId } from '../../../src/domain/kernel/ids.js';
import { asInstant } from '../../../src/domain/kernel/instant.js';
import { MemoryEventLog } from '../../../src/infrastructure/event-log/memory/memory-event-log.js';
import { MemoryKeyStore } from '../../../src/infrastructure/vault/memory/memory-vault.js';
import { ada, bob, fresh, nthId, posted } from '../../support/events.js';

describe('replay of a conversation', () => {
  const id = asId<ConversationId>(randomUUID());
  const stream = streamId('conversation', id);
  const keys = new MemoryKeyStore();
  const log = new MemoryEventLog(new SealingCodec(keys));
  const at = (n: number) => asInstant(1_700_000_000_000 + n * 1_000);

  beforeAll(async () => {
    const started = {
      type: 'DirectConversationStarted' as const,
      data: {
        conversationId: id,
        startedBy: ada,
        participants: [ada, bob] as [typeof ada, typeof bob],
        startedAt: at(0),
      },
    };
    const messages = [1, 2, 3, 4].map((sequence) => {
      const event = posted(stream, sequence, `text ${sequence}`, sequence % 2 ? ada : bob);
      return { ...event, data: { ...event.data, postedAt: at(sequence) } };
    });
    // Something else in between: positions of the log are not those of the conversation.
    await log.append(streamId('conversation', randomUUID()), [fresh(posted(stream, 1))], 'no-stream');
    await log.append(stream, [started, ...messages].map(fresh), 'no-stream');
  });

  const texts = async (...[asOf, seenBy]: [Parameters<typeof replay>[2], Parameters<typeof replay>[3]]) =>
    (await replay(log, id, asOf, seenBy)).messages.map(({ text }) => text);

  it('is the whole of it by default', async () => {
    const replayed = await replay(log, id, null, null);
    expect(replayed).toMatchObject({
      conversationId: id,
      kind: 'direct',
      position: 6,
      at: at(4),
      events: 5,
      messagesInAll: 4,
    });
    expect(replayed.participants.map(({ userId }) => userId)).toEqual([ada, bob]);
    expect(replayed.messages.map(({ sequence, author }) => [sequence, author])).toEqual([
      [1, ada],
      [2, bob],
      [3, ada],
      [4, bob],
    ]);
    expect(await replay(log, id, null, null)).toEqual(replayed);
  });

  it('ends with the event at a position, which counts over the whole log', async () => {
    expect(await texts({ position: 4 }, null)).toEqual(['text 1', 'text 2']);
    expect(await texts({ position: 2 }, null)).toEqual([]);
    expect(await replay(log, id, { position: 1 }, null)).toMatchObject({
      kind: 'unstarted',
      events: 0,
      participants: [],
    });
    expect(await texts({ position: 9_999 }, null)).toHaveLength(4);
  });

  it('ends before the first event that happened after an instant', async () => {
    expect(await texts({ instant: at(2) }, null)).toEqual(['text 1', 'text 2']);
    expect(await texts({ instant: asInstant(at(3) - 1) }, null)).toEqual(['text 1', 'text 2']);
    expect(await texts({ instant: asInstant(0) }, null)).toEqual([]);
  });

  it('shows as seen by somebody what they could see, and nothing to whoever took no part', async () => {
    expect(await texts(null, ada)).toHaveLength(4);
    expect(await texts({ position: 4 }, bob)).toEqual(['text 1', 'text 2']);
    const outsider = await replay(log, id, null, nthId(9, 1));
    expect(outsider).toMatchObject({ messages: [], messagesInAll: 4 });
  });

  it('is empty for a conversation that never was', async () => {
    expect(await replay(log, randomUUID(), null, null)).toMatchObject({
      kind: 'unstarted',
      events: 0,
      position: 0,
      at: null,
    });
  });

  it('shows an erased text as erased, and goes on', async () => {
    await keys.destroy(bob);
    expect(await texts(null, null)).toEqual(['text 1', null, 'text 3', null]);
  });
});
