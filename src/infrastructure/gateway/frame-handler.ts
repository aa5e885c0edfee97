import { Injectable, Inject } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { Principal } from '../../application/authorization/policy.js';
import type { Outcome } from '../../application/commands/outcome.js';
import { LogUnavailable } from '../../application/ports/event-log.js';
import { ReadModelBehind } from '../../application/read-models/read-models.js';
import {
  errorBody,
  PROTOCOL_VERSION,
  type ActivityFrame,
  type ClientFrame,
  type CommandFrame,
  type ErrorBody,
  type ErrorCode,
  type HelloFrame,
  type Limits,
  type QueryFrame,
  type WritingFrame,
} from '../../application/protocol/index.js';
import { LIMITS_TOKEN, LOGGER, NODE_NAME } from '../tokens.js';
import type { Connection } from './connection.js';
import { commandTable, queryTable } from './dispatch.js';
import { frameCheck, type FrameCheck } from './frame-schemas.js';
import { LiveFeed } from './live-feed.js';
import { Opening } from './opening.js';
import { PresenceKeeper } from './presence-keeper.js';
import { RateLimits, type RateName } from './rate-limits.js';
import { Writers } from './writers.js';

/** Readings of a conversation whose messages change meanwhile, before the client is asked to come again. */
const READS_MOST = 10;
/** Requests of one connection that may be without an answer. */
const OPEN_MAX = 256;
/** Frames in a row that could not be understood, or came too fast, before the connection is closed. */
const REFUSED_MAX = 100;

/** What is done with each frame of a client. Never throws: whatever is wrong becomes an error frame or a close code. */
@Injectable()
export class FrameHandler {
  private readonly check: FrameCheck;
  private readonly commands: ReturnType<typeof commandTable>;
  private readonly queries: ReturnType<typeof queryTable>;
  readonly rates: RateLimits;

  constructor(
    commandBus: CommandBus,
    queryBus: QueryBus,
    private readonly opening: Opening,
    private readonly writers: Writers,
    private readonly keeper: PresenceKeeper,
    private readonly feed: LiveFeed,
    @Inject(LIMITS_TOKEN) private readonly limits: Limits,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(NODE_NAME) private readonly node: string,
  ) {
    this.check = frameCheck(limits);
    this.commands = commandTable(commandBus);
    this.queries = queryTable(queryBus, limits, feed);
    this.rates = new RateLimits(limits);
  }

  handle(connection: Connection, data: Buffer, isBinary: boolean, now: number): void {
    if (connection.phase === 'closed') return;
    connection.heardAt = now;
    if (isBinary) {
      this.refuse(connection, 'frame-malformed', 'frames are text');
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(data.toString('utf8'));
    } catch {
      this.refuse(connection, 'frame-malformed', 'not JSON');
      return;
    }
    const checked = this.check(value);
    if ('frame' in checked) this.dispatch(connection, checked.frame, now);
    else this.refuse(connection, checked.unknown ? 'frame-unknown' : 'frame-malformed', checked.problem, idIn(value));
  }

  private dispatch(connection: Connection, frame: ClientFrame, now: number): void {
    if (frame.t === 'hello') this.hello(connection, frame);
    else if (connection.phase === 'greeting') this.refuse(connection, 'hello-first', `got ${frame.t}`);
    else if (frame.t === 'pong') connection.refused = 0;
    else if (frame.t === 'resync') this.opening.open(connection, frame.resume);
    else if (frame.t === 'writing') void this.writing(connection, frame, now);
    else if (frame.t === 'activity') this.activity(connection, frame, now);
    else if (frame.t === 'command') void this.command(connection, frame, now);
    else void this.query(connection, frame, now);
  }

  private hello(connection: Connection, { version, resume }: HelloFrame): void {
    if (connection.phase !== 'greeting') {
      this.refuse(connection, 'hello-first', 'a second hello');
      return;
    }
    if (version !== PROTOCOL_VERSION) {
      connection.close('unsupported-version');
      return;
    }
    const { userId, id } = connection.session;
    const { messageCodePoints, titleCodePoints, participants, frameBytes, pageSize, heartbeatMs } = this.limits;
    const { statusCodePoints, idleMs } = this.limits;
    connection.send({
      t: 'welcome',
      version: PROTOCOL_VERSION,
      userId,
      sessionId: id,
      node: this.node,
      heartbeatMs,
      limits: { messageCodePoints, titleCodePoints, participants, frameBytes, pageSize, statusCodePoints, idleMs },
    });
    this.opening.open(connection, resume);
  }

  private async command(connection: Connection, { id, name, data }: CommandFrame, now: number): Promise<void> {
    const refusal = this.admit(connection, 'commands', now);
    if (refusal) {
      connection.send({ t: 'outcome', id, ok: false, error: refusal });
      return;
    }
    connection.open++;
    try {
      const run = this.commands[name] as (request: object, data: object) => Promise<Outcome<object>>;
      const { device } = connection;
      const outcome = await run({ principal: principalOf(connection), id, correlationId: id, device }, data);
      if (outcome.ok) connection.send({ t: 'outcome', id, ok: true, at: outcome.at, result: outcome.result });
      else connection.send({ t: 'outcome', id, ok: false, error: errorBody(outcome.error) });
    } catch (error) {
      connection.send({ t: 'outcome', id, ok: false, error: this.failure(error, name, id) });
    } finally {
      connection.open--;
    }
  }

  private async query(connection: Connection, { id, name, data }: QueryFrame, now: number): Promise<void> {
    const refusal = this.admit(connection, name === 'people.find' ? 'finds' : 'queries', now);
    if (refusal) {
      connection.send({ t: 'answer', id, ok: false, error: refusal });
      return;
    }
    connection.open++;
    try {
      const run = this.queries[name] as (principal: Principal, data: object) => Promise<object | null>;
      const result = await this.fresh(data, () => run(principalOf(connection), data));
      if (result) connection.send({ t: 'answer', id, ok: true, result });
      else connection.send({ t: 'answer', id, ok: false, error: errorBody('not-found') });
    } catch (error) {
      connection.send({ t: 'answer', id, ok: false, error: this.failure(error, name, id) });
    } finally {
      connection.open--;
    }
  }

  /**
   * What was pushed while an answer was read must be in it: the client may have had to drop that change for want of the message. The check and the
   * sending of the answer are one turn of the event loop.
   */
  private async fresh(data: object, read: () => Promise<object | null>): Promise<object | null> {
    const changedAt = (): number =>
      'conversationId' in data && typeof data.conversationId === 'string'
        ? this.feed.changedAt(data.conversationId)
        : 0;
    for (let tries = 0; tries < READS_MOST; tries++) {
      const before = changedAt();
      const result = await read();
      if (changedAt() === before) return result;
    }
    throw new ReadModelBehind('the conversation changes faster than it can be read');
  }

  /** Never answered, nor refused: what cannot be told now is not worth telling later. */
  private async writing(connection: Connection, { conversationId }: WritingFrame, now: number): Promise<void> {
    if (this.rates.take(connection.session.userId, 'writing', now) > 0) return;
    try {
      await this.writers.writing(connection, conversationId);
    } catch (error) {
      this.failure(error, 'writing', conversationId);
    }
  }

  /**
   * Never answered, and never an event twice: see `KeptSession`, which has a pace of its own. One that comes too fast counts towards a flood, but is
   * taken in: it is not sent again, and who is at the device would stay away.
   */
  private activity(connection: Connection, { active }: ActivityFrame, now: number): void {
    this.admit(connection, 'queries', now);
    connection.active = active;
    this.keeper.activity(connection);
  }

  private admit(connection: Connection, rate: RateName, now: number): ErrorBody | null {
    const waitMs = this.rates.take(connection.session.userId, rate, now);
    if (waitMs === 0 && connection.open < OPEN_MAX) {
      connection.refused = 0;
      return null;
    }
    if (++connection.refused > REFUSED_MAX) connection.close('flood');
    return waitMs > 0 ? errorBody('rate-limited', { retryAfterMs: waitMs }) : errorBody('busy', { retryAfterMs: 250 });
  }

  private refuse(connection: Connection, code: ErrorCode, detail: string, id?: string): void {
    if (++connection.refused > REFUSED_MAX) connection.close('too-many-errors');
    else connection.error(code, detail, id);
  }

  private failure(error: unknown, name: string, correlationId: string): ErrorBody {
    if (error instanceof LogUnavailable)
      return errorBody(error.code === 'store_full' ? 'store-full' : 'log-unavailable', { retryAfterMs: 1_000 });
    if (error instanceof ReadModelBehind) return errorBody('views-behind', { retryAfterMs: 1_000 });
    this.logger.error({ err: error, name, correlationId }, 'a request failed');
    return errorBody('internal', { correlationId });
  }
}

const principalOf = ({ session }: Connection): Principal => ({ kind: 'user', userId: session.userId });

const idIn = (value: unknown): string | undefined => {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;
  return typeof id === 'string' && id.length <= 64 ? id : undefined;
};
