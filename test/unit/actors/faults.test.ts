import { LogUnavailable, RevisionConflict, type EventLog } from '../../../src/application/ports/event-log.js';
import { actorWorld, ask, outcomeOf, post, sequenceOf, start, talkStream } from '../../support/actor-world.js';
import { eventually, gate } from '../../support/eventually.js';

const settledOf = async (world: ReturnType<typeof actorWorld>, options = {}) => {
  const system = world.node(options);
  await ask(system, start());
  return system;
};

describe('R9 an append of unknown outcome', () => {
  it.each(['unknown, written', 'unknown, not written'] as const)('leaves exactly one event: %s', async (fault) => {
    const world = actorWorld();
    const system = await settledOf(world);
    world.faults.push(fault);
    const answer = await ask(system, post('once'));
    expect(answer.kind).toBe('accepted');
    expect(sequenceOf(answer)).toBe(1);
    expect(await world.texts()).toEqual(['once']);
    expect(sequenceOf(await ask(system, post('next')))).toBe(2);
  });

  it('leaves one event each for a whole batch, in order, through a chain of such outcomes', async () => {
    const world = actorWorld();
    const system = await settledOf(world);
    world.faults.push('unknown, not written', 'unknown, written', 'unknown, not written', 'unknown, written');
    const texts = Array.from({ length: 20 }, (_, n) => `m${n}`);
    const answers = await Promise.all(texts.map((text) => ask(system, post(text))));
    expect(answers.map(sequenceOf)).toEqual(texts.map((_, n) => n + 1));
    expect(await world.texts()).toEqual(texts);
  });

  it('is refused as log-unavailable when it does not end; a later try with the same id finds what became of it', async () => {
    const world = actorWorld();
    const system = await settledOf(world, { attempts: 2 });
    const message = post('once');
    world.faults.push('unknown, not written', 'unknown, written');
    expect(outcomeOf(await ask(system, message))).toBe('log-unavailable');
    expect(outcomeOf(await ask(system, message))).toBe('duplicate');
    expect(await world.texts()).toEqual(['once']);
  });
});

describe('R9 R10 a log that refuses', () => {
  it.each([
    ['unavailable', 'log-unavailable'],
    ['full', 'store-full'],
  ] as const)('as %s refuses its commands as %s, and the next one is served', async (fault, refusal) => {
    const world = actorWorld();
    const system = await settledOf(world);
    world.faults.push(fault);
    const message = post('again');
    expect(outcomeOf(await ask(system, message))).toBe(refusal);
    expect(await world.texts()).toEqual([]);
    expect(outcomeOf(await ask(system, message))).toBe('accepted');
    expect(await world.texts()).toEqual(['again']);
  });

  it('to be read refuses as log-unavailable', async () => {
    const world = actorWorld();
    world.log.beforeRead = () => Promise.reject(new LogUnavailable('log_unavailable', 'away'));
    const system = world.node();
    expect(outcomeOf(await ask(system, start()))).toBe('log-unavailable');
    world.log.beforeRead = () => Promise.resolve();
    expect(outcomeOf(await ask(system, start()))).toBe('accepted');
  });
});

describe('R9 a log that is silent', () => {
  it('gets its commands refused within answerMs, those that wait behind too', async () => {
    const world = actorWorld();
    const system = await settledOf(world, { answerMs: 60, batch: 2 });
    const silence = gate();
    world.log.beforeAppend = () => silence.opened;
    const began = performance.now();
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((text) => ask(system, post(text))));
    expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['log-unavailable']));
    expect(performance.now() - began).toBeLessThan(1_000);
    silence.open();
  });

  it('may have stored what was refused: a try with the same id finds it, and nothing is there twice', async () => {
    const world = actorWorld();
    const system = await settledOf(world, { answerMs: 60 });
    const silence = gate();
    world.log.beforeAppend = () => silence.opened;
    const message = post('slow');
    expect(outcomeOf(await ask(system, message))).toBe('log-unavailable');
    world.log.beforeAppend = () => Promise.resolve();
    silence.open();
    const again = await ask(system, message);
    expect(sequenceOf(again)).toBe(1);
    expect(sequenceOf(await ask(system, post('next')))).toBe(2);
    expect(await world.texts()).toEqual(['slow', 'next']);
  });

  it('is served again as soon as it speaks, although one read of it never came back', async () => {
    const world = actorWorld();
    await settledOf(world);
    const system = world.node({ answerMs: 60 });
    world.log.beforeRead = () => new Promise(() => undefined);
    expect(outcomeOf(await ask(system, post('lost')))).toBe('log-unavailable');
    world.log.beforeRead = () => Promise.resolve();
    expect(outcomeOf(await ask(system, post('served')))).toBe('accepted');
  });

  it('gives no sequence twice when a read comes back after its commands were refused', async () => {
    const world = actorWorld();
    const known = post('known');
    await ask(await settledOf(world), known);
    world.log.appends.length = 0;
    world.log.reads.length = 0;
    const system = world.node({ answerMs: 60 });
    const [away, late, held] = [gate(), gate(), gate()];
    world.log.beforeRead = () => away.opened.then(() => Promise.reject(new LogUnavailable('log_unavailable', 'away')));
    const first = ask(system, post('first'));
    const refused = [ask(system, known), ask(system, post('refused'))];
    await eventually('the first read', () => world.log.reads.length === 1);
    world.log.beforeRead = () => late.opened;
    away.open();
    expect(outcomeOf(await first)).toBe('log-unavailable');
    expect((await Promise.all(refused)).map(outcomeOf)).toEqual(['log-unavailable', 'log-unavailable']);
    // What was refused is still under way: it looks the known command up while another one is carried out.
    const other = ask(system, post('other'));
    world.log.beforeRead = () => held.opened;
    late.open();
    await other;
    held.open();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    await ask(system, post('last'));
    const texts = await world.texts(); // fails on a gap or a double
    expect(texts).not.toContain('refused'); // nothing is written behind its client's back
    expect(texts.at(-1)).toBe('last');
    expect(texts).toHaveLength(new Set(texts).size);
  });

  it('makes state() fail in time', async () => {
    const world = actorWorld();
    const system = world.node({ answerMs: 60 });
    world.log.beforeRead = () => new Promise(() => undefined);
    await expect(system.state('conversation', 'x')).rejects.toBeInstanceOf(LogUnavailable);
  });
});

describe('R9 a stream too long to be read within answerMs', () => {
  it('is read to its end while its commands are refused, and kept as a snapshot for the next time', async () => {
    const world = actorWorld();
    const writer = await settledOf(world);
    for (let n = 0; n < 60; n++) await ask(writer, post(`m${n}`));
    let events = 0;
    const slow: EventLog = {
      append: (...append) => world.log.append(...append),
      follow: (options) => world.log.follow(options),
      head: () => world.log.head(),
      dropped: (...range) => world.log.dropped(...range),
      async *read(stream, after) {
        for await (const recorded of world.log.read(stream, after)) {
          await new Promise((resolve) => setTimeout(resolve, 3));
          events++;
          yield recorded;
        }
      },
    };
    const system = world.node({ answerMs: 60, snapshotEvery: 50 }, { on: slow });
    const message = post('at last');
    expect(outcomeOf(await ask(system, message))).toBe('log-unavailable');
    let refused = 1;
    while (outcomeOf(await ask(system, message)) === 'log-unavailable') refused++;
    expect(refused).toBeLessThan(20);
    expect(events).toBeLessThan(2 * 61); // once, and not once for each try
    expect(await world.texts()).toHaveLength(61);
    expect(await world.snapshots.load(talkStream)).not.toBeNull();
  });
});

describe('a full mailbox', () => {
  it('refuses as busy what comes beyond it, and serves what waits', async () => {
    const world = actorWorld();
    const system = await settledOf(world, { mailbox: 5, batch: 5 });
    const held = gate();
    world.log.beforeAppend = () => held.opened;
    const first = ask(system, post('first'));
    await eventually('the first append', () => world.log.appends.length === 2);
    const answers = Array.from({ length: 8 }, (_, n) => ask(system, post(`m${n}`)));
    held.open();
    const outcomes = (await Promise.all([first, ...answers])).map(outcomeOf);
    expect(outcomes).toEqual([...Array.from({ length: 6 }, () => 'accepted'), 'busy', 'busy', 'busy']);
    expect(await world.texts()).toHaveLength(6);
    expect(outcomeOf(await ask(system, post('later')))).toBe('accepted');
  });
});

describe('a lost race', () => {
  it('R14 is run again and nobody notices: two nodes, 2 x 400 commands', async () => {
    const world = actorWorld();
    const nodes = [world.node(), world.node()];
    await ask(nodes[0]!, start());
    const texts = nodes.flatMap((_, node) => Array.from({ length: 400 }, (__, n) => `${node}/${n}`));
    const tried = await Promise.all(
      texts.map(async (text) => {
        const message = post(text);
        // A client tries again with the same id for as long as it is refused.
        for (;;) {
          const answer = await ask(nodes[Number(text[0])]!, message);
          if (answer.kind === 'accepted') return sequenceOf(answer);
          expect(['busy', 'log-unavailable']).toContain(outcomeOf(answer));
        }
      }),
    );
    const stored = await world.texts();
    expect([...stored].sort()).toEqual([...texts].sort());
    expect(tried.map((sequence) => stored[sequence! - 1])).toEqual(texts);
    for (const node of ['0', '1'])
      expect(stored.filter((text) => text.startsWith(node))).toEqual(texts.filter((text) => text.startsWith(node)));
  });

  it('R14 is refused as busy after so many attempts', async () => {
    const world = actorWorld();
    const system = await settledOf(world, { attempts: 3 });
    world.log.appends.length = 0;
    world.log.beforeAppend = () => Promise.reject(new RevisionConflict(talkStream, 0, 5));
    expect(outcomeOf(await ask(system, post('never')))).toBe('busy');
    expect(world.log.appends).toHaveLength(3);
  });
});

describe('a defect', () => {
  const broken = '\ud800'; // a lone surrogate: the codec refuses to store it

  it('in one command of a batch fails that one as internal, and the others succeed in order', async () => {
    const world = actorWorld();
    const system = await settledOf(world);
    const texts = ['first', 'one', broken, 'two', broken, 'three'];
    const answers = await Promise.all(texts.map((text) => ask(system, post(text))));
    expect(answers.map(outcomeOf)).toEqual(['accepted', 'accepted', 'internal', 'accepted', 'internal', 'accepted']);
    expect(await world.texts()).toEqual(['first', 'one', 'two', 'three']);
    expect(world.warnings).toHaveLength(2);
  });

  it('SEC-30 is told to the operator without contents', async () => {
    const world = actorWorld();
    const system = await settledOf(world);
    await ask(system, post(`secret ${broken}`));
    expect(world.warnings).toHaveLength(1);
    expect(world.warnings[0]).not.toContain('secret');
  });

  it('does not keep the cell from serving the next command', async () => {
    const world = actorWorld();
    const system = await settledOf(world);
    expect(outcomeOf(await ask(system, post(broken)))).toBe('internal');
    expect(sequenceOf(await ask(system, post('next')))).toBe(1);
  });
});
