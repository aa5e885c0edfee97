import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { OpenDesk, type DeskSnapshot } from '../../application/queries/open-desk/open-desk.query.js';
import { LOGGER } from '../tokens.js';
import type { Connection } from './connection.js';
import { deltaFor } from './delta-ring.js';
import { LiveFeed } from './live-feed.js';
import { PresenceKeeper } from './presence-keeper.js';

/** How long a snapshot may wait for its read models to come near enough to the live feed, and how often it looks. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 25;

/**
 * Joins a snapshot and the live deltas without a gap: the feed keeps the newest deltas anyway, so the snapshot is read at whatever position its read
 * models have, and then, in one turn of the event loop, the snapshot and every kept delta after that position are sent and the connection
 * goes live.
 */
@Injectable()
export class Opening {
  constructor(
    private readonly feed: LiveFeed,
    private readonly queryBus: QueryBus,
    private readonly keeper: PresenceKeeper,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** `resume`: the position that the client's state is at. Never throws. */
  open(connection: Connection, resume: number | undefined): void {
    if (connection.phase === 'opening') return;
    if (this.feed.state !== 'live') {
      connection.close('not-live');
      return;
    }
    connection.phase = 'opening';
    this.begin(connection, resume).catch((error: unknown) => {
      this.logger.error({ err: error }, 'no snapshot');
      connection.error('views-behind', 'the snapshot could not be read');
      connection.close('not-live');
    });
  }

  private async begin(connection: Connection, resume: number | undefined): Promise<void> {
    const entering = this.feed.rosters.enter(connection.session.userId, connection);
    if (entering) await entering;
    if (this.closed(connection)) return;
    if (
      resume !== undefined &&
      resume <= this.feed.position &&
      this.goLive(connection, resume, 'resumed', `"at":${resume}}`)
    )
      return;
    await this.snapshot(connection);
  }

  private async snapshot(connection: Connection): Promise<void> {
    const principal = { kind: 'user', userId: connection.session.userId } as const;
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
      const snapshot: DeskSnapshot = await this.queryBus.execute(new OpenDesk(principal, this.feed.ring.start));
      if (this.closed(connection)) return;
      if (this.goLive(connection, snapshot.at, 'snapshot', JSON.stringify(snapshot).slice(1))) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    throw new Error('the read models stay too far behind the live feed');
  }

  private closed(connection: Connection): boolean {
    return connection.phase === 'closed';
  }

  private goLive(connection: Connection, position: number, first: 'resumed' | 'snapshot', rest: string): boolean {
    const missed = this.feed.ring.after(position);
    if (missed === null) return false;
    // Who left a conversation meanwhile is not told what was said there before: a later snapshot knows nothing of it.
    const { userId } = connection.session;
    if (missed.some(({ leaver }) => leaver === userId)) return false;
    const watches = (user: string): boolean => this.feed.rosters.watches(userId, user);
    connection.push(first, rest, position);
    for (const delta of missed) {
      const frame = deltaFor(delta, userId, watches);
      if (frame !== null) connection.push('delta', frame, delta.at);
    }
    connection.behindSince = null;
    connection.phase = 'live';
    this.keeper.live(connection);
    return true;
  }
}
