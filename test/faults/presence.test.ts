import { DEMO_PASSWORD } from '../../src/demo.js';
import { befriend, seenBy, sees, statesSentTo } from '../support/presences.js';
import { BuiltProgram, freePort } from '../support/server-process.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { WireClient } from '../support/wire-client.js';

const GRACE_MS = 500;
/** The lease of a node that was killed, the grace, and a start. */
const WITHIN_MS = 20_000;

describe('a server that dies with people connected', () => {
  let folder: TempFolder;
  let environment: Record<string, string>;
  let server: BuiltProgram;
  beforeEach(async () => {
    folder = tempFolder();
    environment = {
      PARLEY_PORT: String(await freePort()),
      PARLEY_DATA_DIR: folder.path,
      PARLEY_LIMIT_PRESENCE_GRACE_MS: String(GRACE_MS),
    };
    server = await BuiltProgram.server(environment);
  });
  afterEach(async () => {
    await server.end('SIGTERM');
    folder.remove();
  });

  const on = async (login: string): Promise<WireClient> =>
    (await WireClient.signIn(server.address, login, DEMO_PASSWORD)).connect();
  const again = (client: WireClient): Promise<WireClient> => new WireClient(server.address, client.session).connect();

  it('S97 leaves nobody online for ever, and takes nobody for gone who is back', async () => {
    const [doe, smith, magnum] = await Promise.all([on('john.doe'), on('john.smith'), on('thomas.magnum')]);
    await befriend(smith, doe);
    await befriend(smith, magnum);
    await server.end('SIGKILL');
    server = await BuiltProgram.server(environment);
    const watcher = await again(smith);
    const back = await again(magnum);
    // Nobody could say good-bye, and who comes back within the grace is not to flap.
    expect(seenBy(watcher, doe)).toMatchObject({ state: 'available' });
    await sees(watcher, doe, { state: 'offline', since: null }, WITHIN_MS);
    expect(seenBy(watcher, magnum)).toMatchObject({ state: 'available' });
    expect(statesSentTo(watcher, magnum)).toEqual([]);
    await again(doe);
    await sees(watcher, doe, { state: 'available' });
    for (const client of [doe, smith, magnum, watcher, back]) client.close();
  }, 60_000);

  it('S97 that stops in order says good-bye for everybody', async () => {
    const [doe, smith] = await Promise.all([on('john.doe'), on('john.smith')]);
    await befriend(smith, doe);
    await server.end('SIGTERM');
    server = await BuiltProgram.server(environment);
    const watcher = await again(smith);
    expect(seenBy(watcher, doe)).toMatchObject({ state: 'offline' });
    for (const client of [doe, smith, watcher]) client.close();
  }, 60_000);
});
