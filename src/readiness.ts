import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from './application/ports/event-log.js';
import type { LeaseStore } from './application/ports/lease-store.js';
import { EVENT_LOG, LEASE_STORE } from './application/ports/tokens.js';
import { ProjectionHost } from './application/read-models/projection-host.js';
import { LiveFeed } from './infrastructure/gateway/live-feed.js';
import type { Readiness, ReadinessReport } from './infrastructure/http/readiness.js';

@Injectable()
export class ServerReadiness implements Readiness {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly feed: LiveFeed,
    private readonly projections: ProjectionHost,
    @Inject(LEASE_STORE) private readonly store: LeaseStore,
  ) {}

  async report(): Promise<ReadinessReport> {
    const [log, readModels] = await Promise.all([this.logReport(), this.readModelsReport()]);
    const { state, position, reason } = this.feed;
    const projections = this.projections.status.map((status) => ({
      ...status,
      lag: log.position === null ? null : Math.max(0, log.position - status.position),
    }));
    const ready =
      log.status === 'ready' &&
      readModels.status === 'ready' &&
      state === 'live' &&
      projections.every((projection) => projection.state === 'running');
    return {
      status: ready ? 'ready' : 'degraded',
      log,
      readModels,
      live: { status: state, position, reason },
      projections,
    };
  }

  private async logReport(): Promise<ReadinessReport['log']> {
    try {
      return { status: 'ready', position: await this.log.head() };
    } catch (error) {
      return { status: 'unavailable', position: null, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  private async readModelsReport(): Promise<ReadinessReport['readModels']> {
    try {
      await this.store.leases('');
      return { status: 'ready' };
    } catch (error) {
      return { status: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
