import { hostname } from 'node:os';
import { randomBytes, randomUUID } from 'node:crypto';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { CellPorts } from './application/actors/actor-cell.js';
import { ActorSystem, ACTOR_SYSTEM_DEFAULTS } from './application/actors/actor-system.js';
import { AccountsByLogin } from './application/commands/account/accounts-by-login.js';
import { OwnDesk } from './application/commands/desk/own-desk.js';
import { OwnRoster } from './application/commands/roster/own-roster.js';
import { AskConversation } from './application/commands/conversation/ask-conversation.js';
import { Invitable } from './application/commands/conversation/invitable.js';
import { AskMessage } from './application/commands/message/ask-message.js';
import { HANDLERS } from './application/handlers.js';
import type { Clock } from './application/ports/clock.js';
import type { Randomness } from './application/ports/randomness.js';
import {
  CLOCK,
  CREDENTIAL_STORE,
  DIRECTORY,
  EVENT_LOG,
  KEY_STORE,
  LEASE_STORE,
  PASSWORD_AUTHENTICATOR,
  PASSWORD_HASHER,
  RANDOMNESS,
  READ_MODEL_STORE,
  SESSION_STORE,
  SNAPSHOT_STORE,
} from './application/ports/tokens.js';
import { favoriteRequests } from './application/processes/favorite-requests.process.js';
import { ProcessRunner } from './application/processes/process-runner.js';
import { ProjectionHost } from './application/read-models/projection-host.js';
import { ReadModels } from './application/read-models/read-models.js';
import { Viewers } from './application/visibility/viewers.js';
import { asInstant } from './domain/kernel/instant.js';
import type { Engine } from './engine.js';
import type { Config } from './infrastructure/config/config.js';
import { LocalDirectory } from './infrastructure/directory/local/local-directory.js';
import { Argon2Hasher } from './infrastructure/sign-in/argon2-hasher.js';
import { LocalAuthenticator } from './infrastructure/sign-in/local-authenticator.js';
import { CONFIG, LIMITS_TOKEN, LOGGER, NODE_NAME } from './infrastructure/tokens.js';
import { PROJECTIONS } from './projections/index.js';

const systemClock: Clock = { now: () => asInstant(Date.now()) };
const systemRandomness: Randomness = { uuid: randomUUID, token: () => randomBytes(32).toString('base64url') };

/** Few: they are of use while two people ask and answer, and are loaded again later. */
const PROCESS_CELLS = { ...ACTOR_SYSTEM_DEFAULTS, activeCells: 500 };

/** The application over one engine, without any door: server and command line open theirs in front of it. */
@Module({})
export class ApplicationModule {
  static on(engine: Engine, config: Config, logger: Logger): DynamicModule {
    // Containers may share host name and process number.
    const node = `${hostname()
      .replace(/[^\w.-]/g, '-')
      .slice(0, 100)}-${process.pid}-${randomBytes(3).toString('hex')}`;
    const values: Provider[] = [
      { provide: CLOCK, useValue: systemClock },
      { provide: RANDOMNESS, useValue: systemRandomness },
      { provide: EVENT_LOG, useValue: engine.log },
      { provide: READ_MODEL_STORE, useValue: engine.readModels },
      { provide: SNAPSHOT_STORE, useValue: engine.snapshots },
      { provide: LEASE_STORE, useValue: engine.leases },
      { provide: KEY_STORE, useValue: engine.keys },
      { provide: CREDENTIAL_STORE, useValue: engine.credentials },
      { provide: SESSION_STORE, useValue: engine.sessions },
      { provide: CONFIG, useValue: config },
      { provide: LIMITS_TOKEN, useValue: config.limits },
      { provide: LOGGER, useValue: logger },
      { provide: NODE_NAME, useValue: node },
    ];
    const warn = (message: string, error: unknown): void => {
      logger.warn({ err: error }, message);
    };
    const readModels = new ReadModels(engine.readModels);
    const hasher = new Argon2Hasher();
    const cellPorts: CellPorts = {
      log: engine.log,
      snapshots: engine.snapshots,
      clock: systemClock,
      limits: config.limits,
      node,
      random: Math.random,
      warn,
    };
    const actors = new ActorSystem(cellPorts, { ...ACTOR_SYSTEM_DEFAULTS, mailbox: config.limits.mailbox });
    const projections = new ProjectionHost(PROJECTIONS, readModels, {
      log: engine.log,
      store: engine.readModels,
      leases: engine.leases,
      clock: systemClock,
      node,
      warn,
    });
    const favoriteProcess = new ProcessRunner(favoriteRequests, {
      log: engine.log,
      actors: () => new ActorSystem(cellPorts, PROCESS_CELLS),
      snapshots: engine.snapshots,
      leases: engine.leases,
      clock: systemClock,
      node,
      warn,
    });
    const services: Provider[] = [
      { provide: ActorSystem, useValue: actors },
      { provide: ReadModels, useValue: readModels },
      { provide: ProjectionHost, useValue: projections },
      { provide: ProcessRunner, useValue: favoriteProcess },
      { provide: DIRECTORY, useValue: new LocalDirectory(readModels) },
      { provide: PASSWORD_HASHER, useValue: hasher },
      {
        provide: PASSWORD_AUTHENTICATOR,
        useValue: new LocalAuthenticator(engine.credentials, hasher, config.limits.signInsQueued),
      },
      AccountsByLogin,
      OwnDesk,
      OwnRoster,
      AskConversation,
      AskMessage,
      Invitable,
      Viewers,
    ];
    const shared = [...values, ...services];
    return {
      module: ApplicationModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [...shared, ...HANDLERS],
      exports: [...shared, CqrsModule],
    };
  }
}
