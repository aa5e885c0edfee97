import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { pino } from 'pino';
import { ApplicationModule } from '../../src/application.module.js';
import { ActorSystem } from '../../src/application/actors/actor-system.js';
import { RegisterAccounts } from '../../src/application/commands/register-accounts/register-accounts.command.js';
import type { Outcome } from '../../src/application/commands/outcome.js';
import type { Directory } from '../../src/application/ports/directory.js';
import { DIRECTORY } from '../../src/application/ports/tokens.js';
import { ProjectionHost } from '../../src/application/read-models/projection-host.js';
import type { CommandName, Commands, Queries, QueryName, ServerFrame } from '../../src/application/protocol/index.js';
import type { Engine } from '../../src/engine.js';
import { loadConfig } from '../../src/infrastructure/config/config.js';
import type { Connection } from '../../src/infrastructure/gateway/connection.js';
import { deltasFor } from '../../src/infrastructure/gateway/delta-ring.js';
import { commandTable, queryTable } from '../../src/infrastructure/gateway/dispatch.js';
import { LiveFeed } from '../../src/infrastructure/gateway/live-feed.js';
import type { PresenceKeeper } from '../../src/infrastructure/gateway/presence-keeper.js';
import { Opening } from '../../src/infrastructure/gateway/opening.js';
import { ClientState } from './client-state.js';
import { eventually } from './eventually.js';

/** People come and go here without sign-ins. */
const nobodyIsKept = { live: () => undefined } as unknown as PresenceKeeper;
const silent = pino({ level: 'silent' });
const HASH = `$argon2id$v=19$m=65536,t=3,p=1$${'a'.repeat(22)}$${'b'.repeat(43)}`;

type CommandRun = (request: object, data: object) => Promise<Outcome<object>>;
type QueryRun = (principal: object, data: object) => Promise<object | null>;

/** A client without a socket: what would go over the wire comes as the same text, and is kept. */
export class LocalClient {
  readonly frames: ServerFrame[] = [];
  phase = 'greeting';
  behindSince: number | null = null;
  private n = 0;

  constructor(
    readonly userId: string,
    readonly state: ClientState,
  ) {}

  get session(): object {
    return { userId: this.userId };
  }

  push(t: string, rest: string): void {
    const frame = JSON.parse(`{"t":"${t}","n":${++this.n},${rest}`) as ServerFrame;
    this.frames.push(frame);
    this.state.take(frame);
  }

  error(code: string, detail: string): void {
    throw new Error(`${code}: ${detail}`);
  }

  close(): void {
    this.phase = 'closed';
  }
}

/** Application, live feed and opening of one server in this process, without its doors. */
export class ApplicationNode {
  private readonly clients = new Set<LocalClient>();

  private constructor(
    private readonly engine: Engine,
    private readonly app: INestApplicationContext,
    private readonly feed: LiveFeed,
    private readonly opening: Opening,
    private readonly commands: ReturnType<typeof commandTable>,
    private readonly queries: ReturnType<typeof queryTable>,
  ) {}

  static async start(engine: Engine): Promise<ApplicationNode> {
    const config = loadConfig({ PARLEY_LOG_LEVEL: 'silent' });
    const app = await NestFactory.createApplicationContext(ApplicationModule.on(engine, config, silent), {
      logger: false,
    });
    await app.get(ProjectionHost).start();
    const feed = new LiveFeed(engine.log, app.get(ActorSystem), app.get<Directory>(DIRECTORY));
    const node = new ApplicationNode(
      engine,
      app,
      feed,
      new Opening(feed, app.get(QueryBus), nobodyIsKept, silent),
      commandTable(app.get(CommandBus)),
      queryTable(app.get(QueryBus), config.limits, feed),
    );
    await feed.start({
      delta: (delta) => {
        const frames = deltasFor(delta);
        for (const client of node.clients) {
          const frame = frames.get(client.userId);
          if (frame !== undefined && client.phase === 'live') client.push('delta', frame);
        }
      },
      event: () => undefined,
      failed: (error) => {
        throw error;
      },
    });
    return node;
  }

  /** Ids of new people. */
  async people(count: number): Promise<string[]> {
    const names = Array.from({ length: count }, (_, n) => ({ login: `person.${n}`, displayName: `Person ${n}` }));
    const id = randomUUID();
    const accounts = names.map((one) => ({ ...one, email: `${one.login}@example.org`, passwordHash: HASH }));
    const request = { principal: { kind: 'operator' } as const, id, correlationId: id };
    const registered = await this.app.get(CommandBus).execute(new RegisterAccounts(request, accounts));
    await this.settled();
    return registered.map((one) => ('userId' in one ? one.userId : ''));
  }

  async command<N extends CommandName>(userId: string, name: N, data: Commands[N]['data'], id: string = randomUUID()) {
    const run = this.commands[name] as CommandRun;
    return run({ principal: { kind: 'user', userId }, id, correlationId: id }, data);
  }

  /** `null` is what a client is told as `not-found`. */
  async query<N extends QueryName>(userId: string, name: N, data: Queries[N]['data']) {
    const run = this.queries[name] as QueryRun;
    return (await run({ kind: 'user', userId }, data)) as Queries[N]['result'] | null;
  }

  /** A connection that stays; `from`: what the client has from before. */
  async open(userId: string, from = new ClientState()): Promise<LocalClient> {
    const client = new LocalClient(userId, from);
    this.clients.add(client);
    this.opening.open(client as unknown as Connection, from.position);
    if (client.phase !== 'live') await eventually('the first state', () => client.phase === 'live');
    return client;
  }

  leave(client: LocalClient): void {
    this.clients.delete(client);
  }

  /** Everything that was written is in the read models, and was pushed. */
  async settled(): Promise<void> {
    const head = await this.engine.log.head();
    await this.app.get(ProjectionHost).reached(head);
    if (this.feed.position < head) await eventually('the feed', () => this.feed.position >= head);
  }

  async stop(): Promise<void> {
    await this.feed.stop();
    await this.app.get(ProjectionHost).stop();
    await this.app.close();
  }
}
