import type { IncomingMessage } from 'node:http';
import { Inject, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import type { Logger } from 'pino';
import type { Server, WebSocket } from 'ws';
import type { Position, RecordedEvent } from '../../application/ports/event-log.js';
import { CLOSE, SOCKET_PATH, type Limits } from '../../application/protocol/index.js';
import type { AccountEvent } from '../../domain/account/index.js';
import { LIMITS_TOKEN, LOGGER } from '../tokens.js';
import { Connection } from './connection.js';
import { Connections } from './connections.js';
import { deltasFor, type Delta } from './delta-ring.js';
import { deviceOf } from './device.js';
import { FrameHandler } from './frame-handler.js';
import { LiveFeed, type FeedListener } from './live-feed.js';
import { PresenceKeeper } from './presence-keeper.js';
import { SessionUpkeep } from './session-upkeep.js';
import { handshakes } from './socket-adapter.js';

/** How often connections are looked after: hello deadline, slow readers, and every so many looks a ping. */
const LOOK_EVERY_MS = 1_000;
/** How long clients have for the closing handshake when the server stops. */
const FAREWELL_MS = 500;
/** Ended sessions kept in mind; a handshake takes milliseconds. */
const ENDED_MOST = 1_000;

@WebSocketGateway({ path: SOCKET_PATH })
export class SocketGateway
  implements OnGatewayConnection, OnGatewayDisconnect, FeedListener, BeforeApplicationShutdown
{
  private readonly bySocket = new WeakMap<WebSocket, Connection>();
  /** Sessions and people whose sessions ended a moment ago: a handshake that was under way meanwhile must not slip through. */
  private readonly ended = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private pingedAt = 0;
  @WebSocketServer() private readonly server!: Server;

  constructor(
    private readonly feed: LiveFeed,
    private readonly connections: Connections,
    private readonly frames: FrameHandler,
    private readonly upkeep: SessionUpkeep,
    private readonly keeper: PresenceKeeper,
    @Inject(LIMITS_TOKEN) private readonly limits: Limits,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    await this.feed.start(this);
    this.timer = setInterval(() => {
      this.lookAfter(performance.now());
    }, LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Before the servers close: they wait for every socket, and one that is gone would never answer. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    for (const connection of this.connections.all()) connection.close('going-away');
    const goneBy = performance.now() + FAREWELL_MS;
    while (this.server.clients.size > 0 && performance.now() < goneBy)
      await new Promise((resolve) => setTimeout(resolve, 10));
    for (const socket of this.server.clients) socket.terminate();
    await this.keeper.stop();
    await this.feed.stop();
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const handshake = handshakes.get(request);
    if (!handshake) {
      socket.terminate();
      return;
    }
    const connection = new Connection(
      socket,
      handshake.session,
      handshake.address,
      deviceOf(request.headers['user-agent']),
      performance.now(),
    );
    if ((this.connections.of(handshake.session.userId)?.size ?? 0) >= this.limits.connectionsPerUser) {
      connection.close('too-many-connections');
      return;
    }
    const { id, userId, startedAt } = handshake.session;
    if (this.ended.has(id) || (this.ended.get(userId) ?? 0) > startedAt) {
      connection.close('signed-out');
      return;
    }
    this.bySocket.set(socket, connection);
    this.connections.add(connection);
  }

  handleDisconnect(socket: WebSocket): void {
    const connection = this.bySocket.get(socket);
    if (!connection) return;
    connection.phase = 'closed';
    this.connections.remove(connection);
    this.feed.rosters.leave(connection.session.userId, connection);
    this.keeper.gone(connection);
  }

  @SubscribeMessage('frame')
  frame(
    @ConnectedSocket() socket: WebSocket,
    @MessageBody() { data, isBinary }: { data: Buffer; isBinary: boolean },
  ): void {
    const connection = this.bySocket.get(socket);
    if (connection) this.frames.handle(connection, data, isBinary, performance.now());
  }

  /* ---- FeedListener ---- */

  delta(delta: Delta): void {
    for (const [userId, frame] of deltasFor(delta))
      for (const connection of this.connections.of(userId) ?? []) this.push(connection, frame, delta.at);
  }

  event(recorded: RecordedEvent): void {
    this.keeper.event(recorded);
    const { type, data } = recorded.event as AccountEvent;
    if (type === 'SessionEnded') this.end(data.userId, data.sessionId, data.endedAt);
    else if (type === 'AccountDisabled') this.end(data.userId, null, data.disabledAt);
    else if (type === 'PasswordChanged') this.end(data.userId, null, data.changedAt);
  }

  failed(error: unknown): void {
    this.logger.fatal({ err: error }, 'the log cannot be followed: nothing is pushed any more');
    for (const connection of this.connections.all()) connection.close('not-live');
  }

  private push(connection: Connection, frame: string, at: Position): void {
    if (connection.phase !== 'live') return;
    if (connection.buffered > this.limits.sendBufferBytes) {
      connection.phase = 'behind';
      connection.behindSince = performance.now();
    } else connection.push('delta', frame, at);
  }

  /** `null`: all sessions of the person. */
  private end(userId: string, sessionId: string | null, at: number): void {
    this.keeper.ended(userId, sessionId);
    this.ended.set(sessionId ?? userId, at);
    if (this.ended.size > ENDED_MOST)
      for (const oldest of this.ended.keys()) {
        this.ended.delete(oldest);
        break;
      }
    for (const connection of this.connections.of(userId) ?? [])
      if (sessionId === null || connection.session.id === sessionId) connection.close('signed-out');
  }

  private lookAfter(now: number): void {
    const ping = now - this.pingedAt >= this.limits.heartbeatMs;
    if (ping) {
      this.pingedAt = now;
      this.frames.rates.tidy(now);
      this.upkeep.look(this.connections.all());
    }
    for (const connection of this.connections.all()) {
      if (connection.phase === 'greeting' && now - connection.openedAt > this.limits.helloMs)
        connection.close('hello-timeout');
      else if (connection.phase === 'behind') this.lookAfterSlow(connection, now);
      else if (now - connection.heardAt > 2 * this.limits.heartbeatMs + LOOK_EVERY_MS) {
        connection.close('heartbeat-missed');
        connection.terminate();
      } else if (ping && connection.phase === 'live') this.ping(connection);
    }
  }

  /** What was pushed to the connection itself may be further on than what everybody may know of. */
  private ping(connection: Connection): void {
    connection.send({ t: 'ping', at: Math.max(this.feed.toldPosition, connection.toldAt) });
  }

  private lookAfterSlow(connection: Connection, now: number): void {
    if (connection.buffered === 0 && connection.behindSince !== null) {
      connection.send({ t: 'fell-behind' });
      connection.behindSince = null; // said once; the client answers with resync
    } else if (now - (connection.behindSince ?? connection.heardAt) > this.limits.slowMs) {
      this.logger.warn({ code: CLOSE['slow-consumer'].code }, 'a client does not read: its connection is ended');
      connection.terminate();
    }
  }
}
