import { hash } from '@node-rs/argon2';
import { writeFileSync } from 'node:fs';
import { CLOSE } from '../../src/application/protocol/index.js';
import { eventually } from '../support/eventually.js';
import { BuiltProgram, type Ended } from '../support/server-process.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { signIn, WireClient } from '../support/wire-client.js';

interface Listed {
  readonly login: string;
  readonly name: string;
  readonly enabled: boolean;
}

describe.each(['with the server down', 'with the server up'])('parley user, %s', (situation) => {
  let folder: TempFolder;
  let environment: Record<string, string>;
  let server: BuiltProgram | null = null;

  beforeAll(async () => {
    folder = tempFolder();
    environment = { PARLEY_PORT: '0', PARLEY_DATA_DIR: folder.file('data'), PARLEY_DEMO: 'false' };
    if (situation === 'with the server up') server = await BuiltProgram.server(environment);
  });
  afterAll(async () => {
    await server?.end('SIGTERM');
    folder.remove();
  });

  const parley = (args: readonly string[], input?: string): Promise<Ended> =>
    BuiltProgram.cli(args, environment, input === undefined ? {} : { input });
  const list = async (): Promise<Listed[]> => JSON.parse((await parley(['user', 'list', '--json'])).out) as Listed[];
  /** Works with the running server, or with one started for the moment. */
  const withServer = async (work: (url: string) => Promise<void>): Promise<void> => {
    const running = server ?? (await BuiltProgram.server(environment));
    await work(running.address);
    if (running !== server) await running.end('SIGTERM');
  };

  it('adds one person, who can sign in', async () => {
    const added = await parley(
      ['user', 'add', 'Mary.Ann', '--name', 'Mary Ann', '--email', 'mary@example.org', '--password-file', '-'],
      'correct horse\n',
    );
    expect(added).toMatchObject({ code: 0, out: 'Mary.Ann can sign in now.\n', err: '' });
    await withServer(async (url) => {
      expect((await signIn(url, 'mary.ann', 'correct horse')).user.name).toBe('Mary Ann');
    });
  });

  it('leaves an account that is there as it is', async () => {
    const again = await parley(
      ['user', 'add', 'mary.ann', '--name', 'Other', '--email', 'other@example.org', '--password-file', '-'],
      'battery staple',
    );
    expect(again).toMatchObject({
      code: 1,
      err: 'parley: there is an account mary.ann already; it was left as it is\n',
    });
    expect((await list()).find(({ login }) => login === 'mary.ann')?.name).toBe('Mary Ann');
  });

  it.each<[string, readonly string[], string, string]>([
    ['a short password', ['--email', 'a@example.org'], 'short', 'fewer than 8 characters'],
    ['no address', ['--email', 'nowhere'], 'long enough', 'email'],
    ['no name', ['--email', 'a@example.org', '--name', ' '], 'long enough', 'displayName'],
  ])('refuses %s with exit code 2', async (_, more, password, words) => {
    const { code, err } = await parley(['user', 'add', 'x', '--name', 'X', ...more, '--password-file', '-'], password);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect((await list()).map(({ login }) => login)).toEqual(['mary.ann']);
  });

  it('imports thousands of people with ready hashes in seconds, who can sign in', async () => {
    const ready = await hash('imported password', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    const rows = Array.from(
      { length: 3_000 },
      (_, n) => `user${n},"Person, ${n}",user${n}@example.org,${'"' + ready + '"'}`,
    );
    writeFileSync(folder.file('people.csv'), `\ufefflogin,name,email,hash\r\n${rows.join('\r\n')}\r\n`);
    const began = performance.now();
    const imported = await parley(['user', 'import', folder.file('people.csv'), '--json']);
    expect(imported.code).toBe(0);
    expect(performance.now() - began).toBeLessThan(30_000); // "in seconds", on a machine that does other things as well
    expect(JSON.parse(imported.out)).toMatchObject({ registered: 3_000, existed: 0, failed: 0 });
    expect((await list()).length).toBe(3_001);
    await withServer(async (url) => {
      expect((await signIn(url, 'user2999', 'imported password')).user.name).toBe('Person, 2999');
    });
    const again = await parley(['user', 'import', folder.file('people.csv'), '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ registered: 0, existed: 3_000, failed: 0 });
  });

  it('imports passwords as well, from standard input', async () => {
    const csv = 'login,name,email,password\nanna,Anna,anna@example.org,"quoted, ""pass"""\n';
    expect(await parley(['user', 'import', '-'], csv)).toMatchObject({ code: 0, out: '1 accounts created.\n' });
    await withServer(async (url) => {
      expect((await signIn(url, 'anna', 'quoted, "pass"')).user.name).toBe('Anna');
    });
  });

  it('imports nothing from a file with one wrong line, and names every problem with its line', async () => {
    const before = (await list()).length;
    const csv =
      'login,name,email,password\ngood,Good,good@example.org,long enough\nbad,,nowhere,x\ngood,Twin,twin@example.org,long enough\n';
    const { code, err } = await parley(['user', 'import', '-'], csv);
    expect(code).toBe(2);
    expect(err).toMatch(/line 3: .*displayName/);
    expect(err).toMatch(/line 3: .*email/);
    expect(err).toMatch(/line 3: .*password/);
    expect(err).toMatch(/line 4: login good stands in line 2 already/);
    expect((await list()).length).toBe(before);
  });

  it('SEC-5 disables: sessions end at once, sign-in is refused; enables again', async () => {
    let client: WireClient | null = null;
    if (server) client = await (await WireClient.signIn(server.address, 'anna', 'quoted, "pass"')).connect();
    expect((await parley(['user', 'disable', 'anna'])).out).toBe('anna is disabled; their sessions ended.\n');
    if (client) await eventually('the close', () => client.closed?.code === CLOSE['signed-out'].code);
    expect((await list()).find(({ login }) => login === 'anna')?.enabled).toBe(false);
    await withServer(async (url) => {
      await expect(signIn(url, 'anna', 'quoted, "pass"')).rejects.toThrow('401');
    });
    expect((await parley(['user', 'disable', 'anna'])).out).toBe('anna was disabled already.\n');
    expect((await parley(['user', 'enable', 'anna'])).out).toBe('anna can sign in again.\n');
  });

  it('sets a password', async () => {
    writeFileSync(folder.file('secret'), 'a new password\n');
    expect((await parley(['user', 'passwd', 'anna', '--password-file', folder.file('secret')])).code).toBe(0);
    await withServer(async (url) => {
      expect((await signIn(url, 'anna', 'a new password')).user.name).toBe('Anna');
      await expect(signIn(url, 'anna', 'quoted, "pass"')).rejects.toThrow('401');
    });
  });

  it.each<[string, readonly string[], number, string]>([
    ['an unknown login', ['user', 'disable', 'nobody'], 1, 'there is no account nobody'],
    ['a file that is not there', ['user', 'import', 'nowhere.csv'], 2, 'nowhere.csv cannot be read'],
    ['no password and nobody to ask', ['user', 'passwd', 'anna'], 2, '--password-file'],
    ['an unknown command', ['user', 'erase'], 2, "unknown command 'erase'"],
    ['a missing option', ['user', 'add', 'x'], 2, '--name'],
  ])('answers %s with words and an exit code, and nothing on standard output', async (_, args, code, words) => {
    const ended = await parley(args);
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(words);
    expect(ended.out).toBe('');
  });
});
