import { randomUUID } from 'node:crypto';
import { SealingCodec } from '../../src/application/codec/sealing-codec.js';
import { DEMO_PASSWORD } from '../../src/demo.js';
import { SqliteEventLog } from '../../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import { SqliteKeyStore } from '../../src/infrastructure/vault/sqlite/sqlite-key-store.js';
import { eventually } from '../support/eventually.js';
import { below, withSeed } from '../support/random.js';
import { rosterEventsIn, typesOf } from '../support/rosters.js';
import { BuiltProgram, freePort } from '../support/server-process.js';
import { tempFolder, type TempFolder } from '../support/temp-folder.js';
import { WireClient } from '../support/wire-client.js';

/** 20 in every run; a release run sets more. */
const KILLS = Number(process.env['PARLEY_TEST_KILLS'] ?? 20);
const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000);
/** From the command to the answer of the other side it takes a few milliseconds: the kills fall into them, and a little behind. */
const WITHIN_MS = 12;

/** All rosters, read with the server down. */
const rostersIn = async (folder: TempFolder) => {
  const keys = await SqliteKeyStore.open(folder.file('keys.sqlite'));
  const log = await SqliteEventLog.open(folder.file('log.sqlite'), new SealingCodec(keys));
  const events = await rosterEventsIn(log);
  await log.close();
  await keys.close();
  return events;
};

describe('SIGKILL between the steps of a request', () => {
  it(`S74 S75 S81 ${KILLS} kills at random moments: each message arrives, and once`, async () => {
    const folder = tempFolder();
    const environment = {
      PARLEY_PORT: String(await freePort()),
      PARLEY_DATA_DIR: folder.path,
      PARLEY_LIMIT_RESEND_MS: '1',
    };
    let server = await BuiltProgram.server(environment);
    const doe = await (await WireClient.signIn(server.address, 'john.doe', DEMO_PASSWORD)).connect();
    const smith = await (await WireClient.signIn(server.address, 'john.smith', DEMO_PASSWORD)).connect();
    /** What one does, and what then comes of it at the other side. */
    const deeds: readonly [() => void, () => boolean][] = [
      [() => send(doe, 'roster.add-favorite', { user: smith.userId }), () => smith.documents.request.has(doe.userId)],
      [
        () => send(smith, 'roster.answer-request', { from: doe.userId, accept: true }),
        () => doe.documents.favorite.get(smith.userId)?.doc.state === 'accepted',
      ],
      [() => send(doe, 'roster.remove-favorite', { user: smith.userId }), () => smith.documents.watcher.size === 0],
    ];
    /** The same intention until it is known: the answer may have been lost with the server, or the command. */
    let id = '';
    const send = (client: WireClient, name: string, data: object): void => {
      client.send({ t: 'command', id, name, data });
    };
    let midway = 0;
    await withSeed(SEED, async (random) => {
      for (let kill = 0; kill < KILLS; kill++) {
        const [act, came] = deeds[kill % deeds.length]!;
        id = randomUUID();
        act();
        await new Promise((resolve) => setTimeout(resolve, below(random, WITHIN_MS)));
        expect((await server.end('SIGKILL')).code).toBeNull(); // it was killed, and did not end by itself
        if (!came()) midway++;
        for (const client of [doe, smith]) await eventually('the end', () => client.closed !== null);
        server = await BuiltProgram.server(environment);
        for (const client of [doe, smith]) await client.connect();
        act();
        await eventually('what comes of it', came);
      }
    });
    for (const client of [doe, smith]) client.close();
    await server.end('SIGTERM');
    const events = await rostersIn(folder);
    // Round after round the same steps, and none of them twice.
    const rounds = Array.from({ length: KILLS }, (_, kill) => STEPS_OF[kill % deeds.length]!).flat();
    expect(typesOf(events)).toEqual(rounds);
    // Every fault proves that it was on.
    expect(midway).toBeGreaterThan(0);
    console.info(
      `S74: ${KILLS} kills, ${midway} of them before the other side knew; ${events.length} events, none twice`,
    );
    folder.remove();
  }, 240_000);
});

const STEPS_OF = [
  ['FavoriteRequested', 'RequestReceived'],
  ['RequestAccepted', 'FavoriteAccepted'],
  ['FavoriteRemoved', 'WatcherLeft'],
];
