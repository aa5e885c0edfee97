import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as Uuid from '../src/application/actors/uuid.js';
import type * as Codec from '../src/application/codec/sealing-codec.js';
import type * as DirectId from '../src/application/commands/start-conversation/direct-conversation-id.js';
import type * as TokenHash from '../src/application/commands/start-session/token-hash.js';
import type * as Account from '../src/domain/account/index.js';
import type * as Conversation from '../src/domain/conversation/index.js';
import type * as Desk from '../src/domain/desk/index.js';
import type * as Roster from '../src/domain/roster/index.js';
import type * as Engine from '../src/open-engine.js';
import type * as Log from '../src/infrastructure/event-log/sqlite/sqlite-event-log.js';
import type * as Hasher from '../src/infrastructure/sign-in/argon2-hasher.js';
import type * as Keys from '../src/infrastructure/vault/sqlite/sqlite-key-store.js';

/** Where the repository begins, seen from `dist/bench`. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SERVER_PROGRAM = `${ROOT}dist/program/main.js`;

export const isBuilt = (): boolean => existsSync(SERVER_PROGRAM);

const load = async <T>(path: string): Promise<T> => (await import(`${ROOT}dist/server/${path}`)) as T;

/** Modules of the built server: what is measured is what runs, never a second compilation of it. */
export const built = {
  uuid: () => load<typeof Uuid>('application/actors/uuid.js'),
  codec: () => load<typeof Codec>('application/codec/sealing-codec.js'),
  directConversationId: () =>
    load<typeof DirectId>('application/commands/start-conversation/direct-conversation-id.js'),
  tokenHash: () => load<typeof TokenHash>('application/commands/start-session/token-hash.js'),
  account: () => load<typeof Account>('domain/account/index.js'),
  conversation: () => load<typeof Conversation>('domain/conversation/index.js'),
  desk: () => load<typeof Desk>('domain/desk/index.js'),
  roster: () => load<typeof Roster>('domain/roster/index.js'),
  engine: () => load<typeof Engine>('open-engine.js'),
  log: () => load<typeof Log>('infrastructure/event-log/sqlite/sqlite-event-log.js'),
  hasher: () => load<typeof Hasher>('infrastructure/sign-in/argon2-hasher.js'),
  keys: () => load<typeof Keys>('infrastructure/vault/sqlite/sqlite-key-store.js'),
};
