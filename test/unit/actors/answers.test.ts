import { randomUUID } from 'node:crypto';
import { actorWorld, ask, outcomeOf, post, sequenceOf, start, talk } from '../../support/actor-world.js';
import { eventually, gate } from '../../support/eventually.js';
import { ada, bob, nthId } from '../../support/events.js';

describe('a cell answers', () => {
  it('in the order in which it was asked, each with its own events', async () => {
    const { node, texts } = actorWorld();
    const system = node();
    const order: number[] = [];
    await ask(system, start());
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const answer = await ask(system, post(`m${n}`, randomUUID(), n % 2 ? ada : bob));
        order.push(n);
        return answer;
      }),
    );
    expect(order).toEqual(order.map((_, n) => n));
    expect(answers.map(sequenceOf)).toEqual(answers.map((_, n) => n + 1));
    expect(await texts()).toEqual(answers.map((_, n) => `m${n}`));
  });

  it('with the position of its last event', async () => {
    const { node, stored } = actorWorld();
    const system = node();
    const answer = await ask(system, start());
    const [event] = await stored();
    expect(answer).toEqual({ kind: 'accepted', events: [event], position: event!.position, duplicate: false });
  });

  it('what the decider rejects with the rejection, and stores nothing', async () => {
    const { node, log } = actorWorld();
    expect(await ask(node(), post('before the start'))).toEqual({ kind: 'rejected', rejection: 'not-found' });
    expect(log.appends).toEqual([]);
  });

  it('a command that changes nothing with no event and the position of the stream', async () => {
    const { node, log } = actorWorld();
    const system = node();
    const first = await ask(system, start());
    const again = await ask(system, start());
    expect(again).toMatchObject({ kind: 'accepted', events: [], duplicate: false });
    expect(again).toMatchObject({ position: (first as { position: number }).position });
    expect(log.appends).toEqual([1]);
  });

  it('commands that waited together from one append, in batches that are bounded', async () => {
    const { node, log } = actorWorld();
    const system = node({ batch: 10 });
    await ask(system, start());
    log.appends.length = 0;
    const held = gate();
    log.beforeAppend = () => held.opened;
    const first = ask(system, post('first'));
    await eventually('the first append', () => log.appends.length === 1);
    const others = Array.from({ length: 25 }, (_, n) => ask(system, post(`m${n}`)));
    held.open();
    await Promise.all([first, ...others]);
    expect(log.appends).toEqual([1, 10, 10, 5]);
  });

  it('a rejected command between accepted ones without harm to them', async () => {
    const { node, texts } = actorWorld();
    const system = node();
    await ask(system, start());
    const answers = await Promise.all(
      ['one', ' ', 'two', 'x'.repeat(8_001), 'three'].map((text) => ask(system, post(text))),
    );
    expect(answers.map(outcomeOf)).toEqual(['accepted', 'message-blank', 'accepted', 'message-too-long', 'accepted']);
    expect(await texts()).toEqual(['one', 'two', 'three']);
  });

  it('the metadata of a command with every event: who, by which command, on which node', async () => {
    const { node, stored } = actorWorld();
    const command = start();
    await ask(node(), command);
    const { commandId, correlationId } = command;
    expect((await stored())[0]?.metadata).toEqual({
      commandId,
      causationId: commandId,
      correlationId,
      principal: ada,
      node: 'test',
    });
  });
});

describe('R5 a command that comes again', () => {
  const situations = [
    { named: 'while the cell remembers it', fresh: false, snapshotEvery: 500 },
    { named: 'after the cell was dropped', fresh: true, snapshotEvery: 500 },
    { named: 'after a snapshot', fresh: true, snapshotEvery: 2 },
  ] as const;

  it.each(situations)('gets the first answer $named', async ({ fresh, snapshotEvery }) => {
    const { node, stored, snapshots } = actorWorld();
    const one = node({ snapshotEvery });
    await ask(one, start());
    const message = post('once');
    const first = await ask(one, message);
    for (let n = 0; n < 5; n++) await ask(one, post(`later ${n}`));
    if (snapshotEvery === 2) expect((await snapshots.load(`conversation-${talk}`))?.revision).toBeGreaterThan(2);
    const again = await ask(fresh ? node({ snapshotEvery }) : one, message);
    expect(again).toEqual({ ...first, duplicate: true });
    expect(sequenceOf(again)).toBe(1);
    expect(await stored()).toHaveLength(7);
  });

  it.each(situations)('is refused with another text under the same id $named', async ({ fresh, snapshotEvery }) => {
    const { node, texts } = actorWorld();
    const one = node({ snapshotEvery });
    await ask(one, start());
    const message = post('mine');
    await ask(one, message);
    for (let n = 0; n < 5; n++) await ask(one, post(`later ${n}`));
    const system = fresh ? node({ snapshotEvery }) : one;
    expect(outcomeOf(await ask(system, post('another', message.commandId)))).toBe('id-reused');
    expect(outcomeOf(await ask(system, start(talk, message.commandId)))).toBe('id-reused');
    expect(await texts()).toHaveLength(6);
  });

  it('gets the first answer in the very batch of the first, as often as it comes', async () => {
    const { node, texts } = actorWorld();
    const system = node();
    await ask(system, start());
    const twin = post('once');
    const answers = await Promise.all(
      [post('before'), twin, post('between'), twin, twin].map((one) => ask(system, one)),
    );
    expect(answers.map(outcomeOf)).toEqual(['accepted', 'accepted', 'accepted', 'duplicate', 'duplicate']);
    expect(answers.map(sequenceOf)).toEqual([1, 2, 3, 2, 2]);
    expect(await texts()).toEqual(['before', 'once', 'between']);
  });

  it('is refused with another text in the very batch of the first', async () => {
    const { node, texts } = actorWorld();
    const system = node();
    await ask(system, start());
    const id = randomUUID();
    const answers = await Promise.all(
      [post('first'), post('mine', id), post('another', id)].map((one) => ask(system, one)),
    );
    expect(answers.map(outcomeOf)).toEqual(['accepted', 'accepted', 'id-reused']);
    expect(await texts()).toEqual(['first', 'mine']);
  });

  it('is recognised within the window of remembered commands, after a snapshot too', async () => {
    const { node, texts } = actorWorld();
    const options = { commandWindow: 4, snapshotEvery: 3 };
    const system = node(options);
    await ask(system, start());
    const messages = Array.from({ length: 9 }, (_, n) => post(`m${n}`));
    for (const message of messages) await ask(system, message);
    for (const one of [system, node(options)])
      for (const message of messages.slice(-4)) expect(outcomeOf(await ask(one, message))).toBe('duplicate');
    expect(await texts()).toHaveLength(9);
  });

  it('of a rejected command is decided anew: the rejection left nothing behind', async () => {
    const { node } = actorWorld();
    const system = node();
    const early = post('hello');
    expect(outcomeOf(await ask(system, early))).toBe('not-found');
    await ask(system, start());
    expect(outcomeOf(await ask(system, early))).toBe('accepted');
  });

  it('gets one event in 5,000 tries over two nodes', async () => {
    const { node, texts } = actorWorld();
    const nodes = [node(), node({ activeCells: 1 })];
    await ask(nodes[0]!, start());
    const messages = Array.from({ length: 20 }, (_, n) => post(`m${n}`));
    const other = nthId<typeof talk>(2, 2);
    for (let round = 0; round < 25; round++) {
      const answers = await Promise.all(
        messages.flatMap((message) => nodes.flatMap((one) => Array.from({ length: 5 }, () => ask(one, message)))),
      );
      expect(new Set(answers.map(outcomeOf)).has('id-reused')).toBe(false);
      await ask(nodes[1]!, start(other)); // drops the first conversation's cell
    }
    expect((await texts()).sort()).toEqual(messages.map(({ command }) => command.data.text).sort());
  });
});
