import { PROJECTIONS } from '../../src/projections/index.js';
import { DatabaseSync } from '@photostructure/sqlite';
import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '../../src/demo.js';
import { eventually } from '../support/eventually.js';
import { BuiltProgram, type Ended } from '../support/server-process.js';
import { writeIntoLogFile } from '../support/sqlite-log.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { WireClient } from '../support/wire-client.js';

interface Result {
  readonly projection: string;
  readonly generation: string;
  readonly verified: boolean;
  readonly differences: number;
  readonly rows: readonly { key: string; kind: string }[];
  readonly serving: string;
  readonly promoted: boolean;
  readonly documents: number;
}
interface Shown {
  readonly projection: string;
  readonly serving: string;
  readonly state: string;
  readonly reason: string | null;
  readonly position: number;
  readonly head: number;
}

/** An installation of its own, and its command line. */
const install = () => {
  const folder: TempFolder = tempFolder();
  const data = folder.file('data');
  const environment = {
    PARLEY_PORT: '0',
    PARLEY_DATA_DIR: data,
    PARLEY_LIMIT_COMMANDS_PER_SECOND: '100000',
    PARLEY_LIMIT_COMMANDS_BURST: '100000',
    PARLEY_LIMIT_QUERIES_PER_SECOND: '100000',
    PARLEY_LIMIT_QUERIES_BURST: '100000',
  };
  const parley = (...args: string[]): Promise<Ended> => BuiltProgram.cli(args, environment);
  const json = async <T>(...args: string[]): Promise<{ code: number | null; value: T }> => {
    const { code, out, err } = await parley(...args, '--json');
    if (out === '') throw new Error(`nothing on standard output: ${err}`);
    return { code, value: JSON.parse(out) as T };
  };
  return { folder, data, environment, parley, json };
};

/** Two people who talk, and how to go on talking. */
const talk = async (url: string) => {
  const doe = await (await WireClient.signIn(url, 'john.doe', DEMO_PASSWORD)).connect();
  const smith = await (await WireClient.signIn(url, 'john.smith', DEMO_PASSWORD)).connect();
  const conversation = await doe.start(smith.userId);
  return { doe, smith, conversation };
};

/** Changes one stored document behind everybody's back. */
const corrupt = (data: string, generation: string, like: string, from: string, to: string): string => {
  const database = new DatabaseSync(`${data}/read-models.sqlite`, { timeout: 5_000 });
  try {
    const found = database.prepare(`SELECT key FROM "${generation}" WHERE doc LIKE ?`).all(like) as { key: string }[];
    expect(found).toHaveLength(1);
    const key = found[0]?.key ?? '';
    database.prepare(`UPDATE "${generation}" SET doc = replace(doc, ?, ?) WHERE key = ?`).run(from, to, key);
    return key;
  } finally {
    database.close();
  }
};

describe('R17 parley projections beside a running server', () => {
  const { folder, data, environment, parley, json } = install();
  let server: BuiltProgram;
  let people: Awaited<ReturnType<typeof talk>>;

  beforeAll(async () => {
    server = await BuiltProgram.server(environment);
    people = await talk(server.address);
    for (let n = 1; n <= 20; n++) await people.doe.post(people.conversation, `message ${n} of twenty`);
  });
  afterAll(async () => {
    people.doe.close();
    people.smith.close();
    await server.end('SIGTERM');
    folder.remove();
  });

  it('lists every projection with place and writer, first line within reason, nothing on standard error', async () => {
    const { code, out, err } = await parley('projections', 'list');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [heads, ...rows] = out.trimEnd().split('\n');
    expect(heads).toMatch(/^PROJECTION +SERVING +STATE +POSITION +LAG +WRITTEN BY$/);
    expect(rows.map((row) => row.split(/ +/).slice(0, 3))).toEqual(
      PROJECTIONS.map(({ name }) => [name, `${name}__g1`, 'running']),
    );
  });

  it('verifies all of them with people connected', async () => {
    const { code, value } = await json<Result[]>('projections', 'verify', '--all');
    expect(code).toBe(0);
    expect(value.map(({ projection, verified }) => [projection, verified])).toEqual(
      PROJECTIONS.map(({ name }) => [name, true]),
    );
  });

  it('rebuilds while people chat: nobody notices, and the server reads the new generation', async () => {
    let posted = 0;
    const ending = new AbortController();
    const chat = (async () => {
      while (!ending.signal.aborted) await people.doe.post(people.conversation, `meanwhile ${++posted}`);
    })();
    const { code, value } = await json<Result>('projections', 'rebuild', 'transcript', '--yes');
    ending.abort();
    await chat;
    expect(posted).toBeGreaterThan(10);
    expect({ code, verified: value.verified, serving: value.serving }).toEqual({
      code: 0,
      verified: true,
      serving: value.generation,
    });
    await eventually('the server follows it', async () => {
      const { value: shown } = await json<Shown[]>('projections', 'status', 'transcript');
      return (
        shown[0]?.state === 'running' && shown[0].serving === value.generation && shown[0].position === shown[0].head
      );
    });
    expect(await people.smith.transcript(people.conversation)).toHaveLength(20 + posted);
  });

  it('names exactly the row that somebody corrupted, and repairs it by a rebuild', async () => {
    const generation = (await json<Shown[]>('projections', 'status', 'transcript')).value[0]?.serving ?? '';
    const key = corrupt(data, generation, '%message 7 of twenty%', 'message 7 of', 'massage 7 of');
    const found = await json<Result>('projections', 'verify', 'transcript');
    expect(found.code).toBe(3);
    expect(found.value).toMatchObject({ verified: false, differences: 1, rows: [{ key, kind: 'different' }] });
    const others = await json<Result>('projections', 'verify', 'conversations');
    expect(others.code).toBe(0);

    const { code, out } = await parley('projections', 'rebuild', 'transcript', '--yes');
    expect(code).toBe(3);
    expect(out).toContain(key);
    expect(out).toContain(`${generation} is serving, as before.`);
    const promoted = await parley('projections', 'promote', 'transcript');
    expect(promoted.code).toBe(0);
    expect(promoted.out).toContain('is serving.');
    expect((await json<Result>('projections', 'verify', 'transcript')).code).toBe(0);
    await eventually('everybody reads the right text', async () => {
      const transcript = await people.smith.transcript(people.conversation);
      return transcript.some(({ doc }) => doc.text === 'message 7 of twenty');
    });
  });

  it('goes back in one write', async () => {
    const rebuilt = await json<Result>('projections', 'rebuild', 'tabs', '--yes');
    expect(rebuilt.value).toMatchObject({ promoted: true, serving: rebuilt.value.generation });
    expect((await parley('projections', 'rollback', 'tabs')).out).toContain('tabs__g1 is serving.');
    expect((await json<Shown[]>('projections', 'status', 'tabs')).value[0]?.serving).toBe('tabs__g1');
  });

  it('changes nothing in a dry run', async () => {
    const before = (await json<Shown[]>('projections', 'status')).value.map(({ serving }) => serving);
    const { code, out } = await parley('projections', 'rebuild', '--all', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('Plan for people');
    expect(out).toContain('Nothing was changed.');
    expect((await json<Shown[]>('projections', 'status')).value.map(({ serving }) => serving)).toEqual(before);
  });

  it.each<[string, readonly string[], string]>([
    [
      'an unknown projection',
      ['rebuild', 'nothing', '--yes'],
      'there are conversations, favorites, invitations, invited, people, preferences, reactions, requests, tabs, transcript, watchers, words',
    ],
    ['none', ['rebuild', '--yes'], 'give the name of a projection, or --all'],
    ['a name and --all', ['verify', 'tabs', '--all'], 'give the name of a projection, or --all'],
    ['no terminal and no --yes', ['rebuild', 'tabs'], 'give --yes'],
    ['two ways at once', ['rebuild', 'tabs', '--yes', '--resume', '--anew'], 'not both'],
    ['nothing to resume', ['rebuild', 'tabs', '--yes', '--resume'], 'no unfinished generation'],
    ['hours that are none', ['rebuild', 'tabs', '--yes', '--keep-hours', '-1'], 'whole number of hours'],
    ['nothing to promote', ['promote', 'people'], 'rebuild it first'],
  ])('refuses %s with exit code 2 and says what to do', async (_, args, words) => {
    const { code, out, err } = await parley('projections', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
    expect(err).not.toMatch(/\u001b|\r/);
  });

  it('shows the log, and a conversation as it was', async () => {
    const { doe, smith, conversation } = people;
    const some = await parley(
      'events',
      'tail',
      '--from',
      '0',
      '--conversation',
      conversation,
      '--limit',
      '3',
      '--json-lines',
    );
    expect(some).toMatchObject({ code: 0, err: '' });
    const events = some.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { position: number; event: { type: string } });
    expect(events.map(({ event }) => event.type)).toEqual([
      'DirectConversationStarted',
      'MessagePosted',
      'MessagePosted',
    ]);
    const asOf = String(events[2]?.position);
    const replay = ['audit', 'replay', '--conversation', conversation, '--as-of', asOf];
    const { value } = await json<{ messages: { text: string }[]; names: Record<string, string> }>(
      ...replay,
      '--as-seen-by',
      'john.smith',
    );
    expect(value.messages.map(({ text }) => text)).toEqual(['message 1 of twenty', 'message 2 of twenty']);
    expect(value.names).toEqual({ [doe.userId]: 'John Doe', [smith.userId]: 'John Smith' });
    const outsider = await parley(...replay, '--as-seen-by', 'thomas.magnum');
    expect(outsider.out).toContain('Thomas Magnum took no part in it and could see nothing.');
    expect(outsider.out).not.toContain('message 1 of twenty');
  });

  it('shows new events as they come, until it is interrupted', async () => {
    const tail = BuiltProgram.start('bin/parley.js', ['events', 'tail', '--type', 'MessagePosted'], environment);
    await eventually('an event', async () => {
      await people.doe.post(people.conversation, `seen \u001b[31m live`);
      return tail.out.includes('seen');
    });
    expect(tail.out).toContain('seen \\u001b[31m live');
    expect((await tail.end('SIGINT')).code).toBe(0);
  });

  it.each<[string, readonly string[], number, string]>([
    ['a conversation that is none', ['--conversation', 'x'], 2, 'UUID'],
    ['a conversation that never was', ['--conversation', randomUUID()], 1, 'there is no conversation'],
    ['a time without a zone', ['--conversation', randomUUID(), '--as-of', '2026-11-22'], 2, 'with its zone'],
    ['nobody', ['--conversation', randomUUID(), '--as-seen-by', 'nobody'], 2, 'no person with the login nobody'],
  ])('replay refuses %s', async (_, args, exitCode, words) => {
    const { code, out, err } = await parley('audit', 'replay', ...args);
    expect({ code, out }).toEqual({ code: exitCode, out: '' });
    expect(err).toContain(words);
  });
});

describe('R17 a rebuild that is interrupted', () => {
  it('says how to go on, leaves the live one served, and goes on from there', async () => {
    const { folder, environment, parley, json } = install();
    const server = await BuiltProgram.server(environment);
    const { doe, smith, conversation } = await talk(server.address);
    for (let round = 0; round < 15; round++)
      await Promise.all(Array.from({ length: 200 }, (_, n) => doe.post(conversation, `message ${round * 200 + n}`)));
    doe.close();
    smith.close();
    const building = BuiltProgram.start(
      'bin/parley.js',
      ['projections', 'rebuild', 'transcript', '--yes'],
      environment,
    );
    await eventually('it builds', () => building.err.includes('Building transcript__g2'), {
      found: () => building.err,
    });
    const { code, out, err } = await building.end('SIGINT');
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toContain('parley projections rebuild transcript --resume');
    const [status] = (await json<(Shown & { candidate: unknown })[]>('projections', 'status', 'transcript')).value;
    expect(status).toMatchObject({ serving: 'transcript__g1', candidate: { number: 2, state: 'building' } });
    const again = await parley('projections', 'rebuild', 'transcript', '--yes');
    expect(again.code).toBe(2);
    expect(again.err).toContain('--resume');

    // Killed, it says nothing, and the live one is served all the same.
    const killed = BuiltProgram.start(
      'bin/parley.js',
      ['projections', 'rebuild', 'transcript', '--yes', '--resume', '--batch', '100'],
      environment,
    );
    await eventually('it builds', () => killed.err.includes('Building transcript__g2'), { found: () => killed.err });
    await killed.end('SIGKILL');
    const held = await parley('projections', 'rebuild', 'transcript', '--yes', '--resume');
    expect(held.code).toBe(4);
    expect(held.err).toContain(`process ${killed.child.pid ?? 0},`);
    expect((await json<Shown[]>('projections', 'status', 'transcript')).value[0]?.serving).toBe('transcript__g1');
    await server.end('SIGTERM');

    let done: Ended | null = null;
    await eventually(
      'the lease of the dead ends',
      async () => (done = await parley('projections', 'rebuild', 'transcript', '--yes', '--resume')).code !== 4,
      { withinMs: 20_000 },
    );
    expect(done).toMatchObject({ code: 0 });
    expect((done as Ended | null)?.out).toContain('transcript__g2 is serving.');
    folder.remove();
  }, 120_000);
});

describe('R13 an event that this version does not know', () => {
  it('stops the projections that meet it, and the status says which, where and why', async () => {
    const { folder, data, environment, parley, json } = install();
    const first = await BuiltProgram.server(environment);
    await first.end('SIGTERM');
    const { value } = await json<Shown[]>('projections', 'list');
    const position = (value[0]?.head ?? 0) + 1;
    writeIntoLogFile(`${data}/log.sqlite`, `conversation-${randomUUID()}`, {
      id: randomUUID(),
      type: 'GazePointed',
      data: '{}',
      metadata: '{"schemaVersion":1}',
    });
    const server = await BuiltProgram.server(environment);
    let status: Ended | null = null;
    await eventually('stopped', async () => (status = await parley('projections', 'status')).code === 1);
    expect((status as Ended | null)?.out).toContain(`event GazePointed at position ${position}`);
    const shown = (await json<Shown[]>('projections', 'status')).value;
    const states = Object.fromEntries(shown.map(({ projection, state }) => [projection, state]));
    expect(states).toEqual(
      Object.fromEntries(
        PROJECTIONS.map(({ name, categories }) => [name, categories.includes('conversation') ? 'stopped' : 'running']),
      ),
    );
    const rebuilt = await parley('projections', 'rebuild', 'transcript', '--yes');
    expect(rebuilt.code).toBe(1);
    expect(rebuilt.err).toContain('GazePointed');
    await server.end('SIGTERM');
    folder.remove();
  });

  it('says where there is nothing to look at', async () => {
    const { folder, parley } = install();
    const { code, err } = await parley('projections', 'list');
    expect(code).toBe(5);
    expect(err).toContain('start Parley on this data folder once');
    folder.remove();
  });
});
