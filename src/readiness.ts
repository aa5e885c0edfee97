import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from './application/ports/event-log.js';
import { EVENT_LOG } from './application/ports/tokens.js';
import { ProjectionHost } from './application/read-models/projection-host.js';
import { LiveFeed } from './infrastructure/gateway/live-feed.js';
import type { Readiness, ReadinessReport } from './infrastructure/http/readiness.js';

@Injectable()
export class ServerReadiness implements Readiness {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly feed: LiveFeed,
    private readonly projections: ProjectionHost,
  ) {}

  async report(): Promise<ReadinessReport> {
    const log = await this.logReport();
    const { state, position, reason } = this.feed;
    const projections = this.projections.status.map((status) => ({
      ...status,
      lag: log.position === null ? null : Math.max(0, log.position - status.position),
    }));
    const ready =
      log.status === 'ready' && state === 'live' && projections.every((projection) => projection.state === 'running');
    return { status: ready ? 'ready' : 'degraded', log, live: { status: state, position, reason }, projections };
  }

  private async logReport(): Promise<ReadinessReport['log']> {
    try {
      return { status: 'ready', position: await this.log.head() };
    } catch (error) {
      return { status: 'unavailable', position: null, reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
