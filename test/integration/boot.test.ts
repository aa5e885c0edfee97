import { PROJECTIONS } from '../../src/projections/index.js';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { BuiltProgram } from '../support/server-process.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { DEMO_PASSWORD } from '../../src/demo.js';
import { signIn, WireClient } from '../support/wire-client.js';

const GUIDE = [
  'john.doe',
  'john.smith',
  'thomas.magnum',
  'hm.murdock',
  'jonathan.higgins',
  'templeton.peck',
  'anna.prades',
];

describe('the built server', () => {
  let folder: TempFolder;
  let environment: Record<string, string>;
  beforeEach(() => {
    folder = tempFolder();
    environment = { PARLEY_PORT: '0', PARLEY_DATA_DIR: folder.file('data') };
  });
  afterEach(() => {
    folder.remove();
  });

  it('says where it is, on what, and how to sign in; a second start finds everything again', async () => {
    const first = await BuiltProgram.server(environment);
    expect(first.out).toMatch(/Address +http:\/\/127\.0\.0\.1:\d+/);
    expect(first.out).toMatch(/Engine +log: SQLite in /);
    expect(first.out).toContain(folder.file('data'));
    for (const { name: projection } of PROJECTIONS)
      expect(first.out).toMatch(new RegExp(`${projection}__g1 at position \\d+, running`));
    for (const login of GUIDE) expect(first.out).toContain(login);
    expect(first.out).toContain(DEMO_PASSWORD);
    expect(((await (await fetch(`${first.address}/health/live`)).json()) as { status: string }).status).toBe('live');
    const doe = await (await WireClient.signIn(first.address, 'john.doe', DEMO_PASSWORD)).connect();
    const smith = await signIn(first.address, 'john.smith', DEMO_PASSWORD);
    const conversationId = await doe.start(smith.user.id);
    await doe.post(conversationId, 'still here tomorrow?');
    doe.close();
    expect((await first.end('SIGTERM')).code).toBe(0);

    const second = await BuiltProgram.server(environment);
    const again = await (await WireClient.signIn(second.address, 'john.smith', DEMO_PASSWORD)).connect();
    expect((await again.transcript(conversationId)).map(({ doc }) => doc.text)).toEqual(['still here tomorrow?']);
    again.close();
    await second.end('SIGTERM');
  });

  it('SEC-22 keeps its data where only its owner can read it', async () => {
    const server = await BuiltProgram.server(environment);
    const modeOf = (name: string): number => statSync(`${folder.file('data')}/${name}`).mode & 0o077;
    for (const name of ['', 'log.sqlite', 'keys.sqlite', 'identity.sqlite', 'read-models.sqlite', 'server.json'])
      expect({ name, open: modeOf(name) }).toEqual({ name, open: 0 });
    await server.end('SIGTERM');
  });

  it('refuses a second server on the same data, and says who has it', async () => {
    const first = await BuiltProgram.server(environment);
    const second = await BuiltProgram.start('dist/program/main.js', [], environment).wait();
    expect(second.code).toBe(4);
    expect(second.err).toContain(
      `Parley at ${first.address} (process ${first.child.pid ?? 0}) already uses the data folder`,
    );
    expect(second.err).toContain('PARLEY_DATA_DIR');
    expect((await fetch(`${first.address}/health/live`)).status).toBe(200);
    await first.end('SIGTERM');
  });

  it('says when the port is taken', async () => {
    const first = await BuiltProgram.server(environment);
    const { port } = new URL(first.address);
    const second = await BuiltProgram.start('dist/program/main.js', [], {
      PARLEY_PORT: port,
      PARLEY_DATA_DIR: folder.file('other'),
      PARLEY_LOG_LEVEL: 'silent',
    }).wait();
    expect([second.code, second.err]).toEqual([
      1,
      `parley: port ${port} of 127.0.0.1 is taken. Choose another with PARLEY_PORT (0: any free one).\n`,
    ]);
    await first.end('SIGTERM');
  });

  it('refuses a wrong configuration as a whole, before anything is opened', async () => {
    const { code, err } = await BuiltProgram.start('dist/program/main.js', [], {
      ...environment,
      PARLEY_PORT: '70000',
      PARLEY_PUBLIC_URL: 'ftp://im.example.org',
      PARLEY_PROT: '1',
    }).wait();
    expect(code).toBe(2);
    expect(err).toContain('PARLEY_PORT=70000: allowed is a port from 0');
    expect(err).toContain('PARLEY_PUBLIC_URL=ftp://im.example.org: allowed is');
    expect(err).toContain('PARLEY_PROT: there is no such setting');
    expect(existsSync(folder.file('data'))).toBe(false);
  });

  it('reads a .env file, and the environment over it', async () => {
    writeFileSync(folder.file('.env'), `PARLEY_DATA_DIR=${folder.file('from-file')}\nPARLEY_PORT=70000\n`);
    const server = BuiltProgram.start('dist/program/main.js', [], { PARLEY_PORT: '-1' }, { cwd: folder.path });
    const { code, err } = await server.wait();
    expect(code).toBe(2);
    expect(err).toContain('PARLEY_PORT=-1');
    expect(err).not.toContain('70000');
  });

  it.each<[string, readonly string[], Record<string, string>]>([
    ['--no-demo', ['--no-demo'], {}],
    ['PARLEY_DEMO=false', [], { PARLEY_DEMO: 'false' }],
    ['production mode', [], { NODE_ENV: 'production' }],
  ])('%s makes no demo people', async (_, args, more) => {
    const server = await BuiltProgram.server({ ...environment, ...more }, args);
    expect(server.out).not.toContain(DEMO_PASSWORD);
    await expect(signIn(server.address, 'john.doe', DEMO_PASSWORD)).rejects.toThrow('401');
    await server.end('SIGTERM');
  });

  it('refuses an unknown option', async () => {
    const { code, err } = await BuiltProgram.start('dist/program/main.js', ['--demo-people'], environment).wait();
    expect([code, err]).toEqual([2, "parley: error: unknown option '--demo-people'\n"]);
  });

  it('does not start on a log whose keys are gone', async () => {
    await (await BuiltProgram.server(environment)).end('SIGTERM');
    const { rmSync } = await import('node:fs');
    for (const name of ['keys.sqlite', 'keys.sqlite-wal', 'keys.sqlite-shm'])
      rmSync(`${folder.file('data')}/${name}`, { force: true });
    const { code, err } = await BuiltProgram.start('dist/program/main.js', [], environment).wait();
    expect(code).toBe(1);
    expect(err).toContain('Restore the key store from its backup');
  });
});
