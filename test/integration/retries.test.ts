import { randomUUID } from 'node:crypto';
import type { CommandName, Commands } from '../../src/application/protocol/index.js';
import { ApplicationNode } from '../support/application-node.js';
import { openMemoryEngine } from '../support/memory-engine.js';

/** What was accepted keeps its answer, though the same thing would be refused by now. */
describe('R5 a command that comes again after its allowance ended', () => {
  let engine: ReturnType<typeof openMemoryEngine>;
  let node: ApplicationNode;
  let people: string[];

  beforeEach(async () => {
    engine = openMemoryEngine();
    node = await ApplicationNode.start(engine);
    people = await node.people(4);
  });
  afterEach(() => node.stop());

  const [doe, smith, magnum, peck] = [0, 1, 2, 3];
  type Sent<N extends CommandName> = readonly [who: number, name: N, data: Commands[N]['data'], id?: string];
  const send = <N extends CommandName>(...[who, name, data, id]: Sent<N>) =>
    node.command(people[who] ?? '', name, data, id);
  const person = (number: number): string => people[number] ?? '';

  /** Doe and Smith in a group; Doe said one thing. */
  const group = async (): Promise<{ conversationId: string }> => {
    const started = await send(doe, 'conversation.start-group', { with: [person(smith)] });
    if (!started.ok) throw new Error(started.error);
    const { conversationId } = started.result as { conversationId: string };
    await send(smith, 'conversation.join', { conversationId });
    await send(smith, 'conversation.post', { conversationId, text: 'Hi' });
    return { conversationId };
  };
  /** Sends it, lets something happen, sends it again, and sends a new one like it. */
  const around = async <N extends CommandName>(
    [who, name, data]: Sent<N>,
    meanwhile: () => Promise<unknown>,
  ): Promise<void> => {
    const id = randomUUID();
    const first = await send(who, name, data, id);
    expect(first.ok).toBe(true);
    await meanwhile();
    const head = await engine.log.head();
    expect(await send(who, name, data, id)).toEqual(first);
    expect(await send(who, name, data)).toEqual({ ok: false, error: 'not-found' });
    expect(await engine.log.head()).toBe(head);
  };

  it('is answered as before where somebody whom it invited was disabled', async () => {
    const about = await group();
    await around([doe, 'conversation.invite', { ...about, users: [person(magnum)] }], () => node.disable(magnum));
    await around([doe, 'conversation.start-group', { with: [person(peck)] }], () => node.disable(peck));
  });

  it('is answered as before where the other one of a private conversation was disabled', () =>
    around([doe, 'conversation.start', { with: person(magnum) }], () => node.disable(magnum)));

  it('is answered as before where the conversation was there and only its tab was opened', async () => {
    await send(magnum, 'conversation.start', { with: person(doe) });
    await around([doe, 'conversation.start', { with: person(magnum) }], () => node.disable(magnum));
  });

  it.each([
    ['desk.mute', { muted: true }],
    ['desk.close-tab', { upTo: 1 }],
    ['desk.move-read-marker', { sequence: 1 }],
    ['message.react', { sequence: 1, reaction: '👍' }],
  ] as const)('is answered as before where one left: %s', async (name, data) => {
    const about = await group();
    await around([doe, name, { ...about, ...data }], () => send(doe, 'conversation.leave', about));
  });

  it.each([
    ['message.correct', { sequence: 1, text: 'Hello' }],
    ['message.retract', { sequence: 1 }],
  ] as const)('is answered as before where the author left: %s', async (name, data) => {
    const about = await group();
    await around([smith, name, { ...about, ...data }], () => send(smith, 'conversation.leave', about));
  });

  it('is refused with something else under the same id, and helps nobody else', async () => {
    const about = await group();
    const id = randomUUID();
    await send(doe, 'conversation.invite', { ...about, users: [person(magnum)] }, id);
    await node.disable(magnum);
    const both = { ...about, users: [person(magnum), person(peck)] };
    expect(await send(doe, 'conversation.invite', both, id)).toEqual({ ok: false, error: 'id-reused' });
    const same = { ...about, users: [person(magnum)] };
    for (const other of [smith, peck])
      expect(await send(other, 'conversation.invite', same, id)).toEqual({ ok: false, error: 'not-found' });
  });
});
