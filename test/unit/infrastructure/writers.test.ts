import { DEFAULT_LIMITS, type ServerFrame } from '../../../src/application/protocol/index.js';
import type { Viewers } from '../../../src/application/visibility/viewers.js';
import { doeStartedAGroup, johnDoe, johnSmith, smithJoined } from '../../../src/domain/conversation/examples.js';
import { conversation, type ConversationEvent } from '../../../src/domain/conversation/index.js';
import type { Connection, Phase } from '../../../src/infrastructure/gateway/connection.js';
import { Connections } from '../../../src/infrastructure/gateway/connections.js';
import { Writers } from '../../../src/infrastructure/gateway/writers.js';

const GROUP: readonly ConversationEvent[] = [doeStartedAGroup, smithJoined];
const state = GROUP.reduce(conversation.evolve, conversation.initialState);
const viewers = { of: () => Promise.resolve({ state }) } as unknown as Viewers;

const connection = (userId: string, more: { phase?: Phase; buffered?: number } = {}) => {
  const sent: ServerFrame[] = [];
  const send = (frame: ServerFrame): unknown => sent.push(frame);
  const parts = { session: { userId }, address: 'here', phase: 'live', buffered: 0, ...more, send };
  return { sent, parts: parts as unknown as Connection };
};

describe('telling that somebody writes', () => {
  it('reaches the other participants, but no connection that has too much to take already', async () => {
    const most = DEFAULT_LIMITS.sendBufferBytes;
    const own = connection(johnDoe);
    const [ready, full, slow, opening] = [
      connection(johnSmith),
      connection(johnSmith, { buffered: most }),
      connection(johnSmith, { buffered: most + 1 }),
      connection(johnSmith, { phase: 'opening' }),
    ];
    const connections = new Connections();
    for (const { parts } of [own, ready, full, slow, opening]) connections.add(parts);
    const { conversationId } = doeStartedAGroup.data;
    await new Writers(viewers, connections, DEFAULT_LIMITS).writing(own.parts, conversationId);
    const frame = { t: 'writer', conversationId, userId: johnDoe };
    expect([own, ready, full, slow, opening].map(({ sent }) => sent)).toEqual([[], [frame], [frame], [], []]);
  });
});
