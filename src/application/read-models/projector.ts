import {
  ProjectionRunner,
  type RunnerOptions,
  type RunnerStatus,
} from '../../projections/runtime/projection-runner.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { asInstant } from '../../domain/kernel/instant.js';
import type { Clock } from '../ports/clock.js';
import type { EventLog, Position } from '../ports/event-log.js';
import type { Lease, LeaseStore } from '../ports/lease-store.js';
import type { Generation, ReadModelStore } from '../ports/read-model-store.js';
import type { Leveller } from './read-models.js';

export interface ProjectorStatus extends RunnerStatus {
  /** The node that writes the generation. */
  readonly holder: string;
}

export interface ProjectorParts {
  readonly log: EventLog;
  readonly store: ReadModelStore;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  /** Name of this node, different from every other's. */
  readonly node: string;
  readonly options: RunnerOptions;
}

/** A holder that is silent so long has lost its lease. */
const LEASE_MS = 6_000;
export const RENEW_MS = 2_000;
/** How often a node that does not write looks whether the one that does has come so far. */
const LOOK_MS = 50;

/** Longest wait of anybody for a node that does not come so far. */
const PATIENCE_MS = 15_000;

export const projectorLease = (generation: string): string => `projector:${generation}`;

/**
 * Keeps one generation level with the log: as the node that writes it, or as one of those that stand by and take over when the writer falls
 * silent. Two that write at once do no harm (`ReadModelStore.apply`), so a lease that is lost late is only work done twice.
 */
export class Projector implements Leveller {
  private runner: ProjectionRunner | null = null;
  private lease: Lease | null = null;
  /** Of the generation, as last seen while standing by. */
  private position: Position = 0;
  private stopping = false;

  constructor(
    readonly projection: Projection,
    readonly generation: Generation,
    private readonly parts: ProjectorParts,
  ) {}

  /** Resolves when the generation can be read, at whatever position it has. */
  async start(): Promise<void> {
    await this.parts.store.prepare(this.generation, { terms: this.projection.terms });
    await this.renew();
  }

  /** Writes what waits, and leaves the generation to others. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.runner?.stop();
    await this.parts.leases.release(projectorLease(this.generation), this.parts.node).catch(() => undefined);
  }

  /** Takes the lease or prolongs it, and begins or ends to write accordingly. To be called every `RENEW_MS`. */
  async renew(): Promise<void> {
    const { leases, clock, node, store, log, options } = this.parts;
    const now = clock.now();
    const until = asInstant(now + LEASE_MS);
    const name = projectorLease(this.generation);
    this.lease = await leases.take({ name, holder: node, now, until, note: JSON.stringify(this.ownStatus()) });
    if (this.stopping) return;
    if (this.lease.holder === node) {
      if (this.runner) return;
      const runner = new ProjectionRunner(this.projection, this.generation, log, store, options);
      await runner.start();
      this.runner = runner;
    } else {
      const { runner } = this;
      this.runner = null;
      await runner?.stop();
      this.position = await store.checkpoint(this.generation);
    }
  }

  get status(): ProjectorStatus {
    const { node } = this.parts;
    if (this.runner) return { ...this.runner.status, holder: node };
    const holder = this.lease?.holder ?? node;
    const said = JSON.parse(this.lease?.note ?? '{}') as Partial<RunnerStatus>;
    return { ...this.ownStatus(), state: said.state ?? 'running', reason: said.reason ?? null, holder };
  }

  /** Resolves when the documents hold everything up to the position, or when that is not to be expected: look at `status` then. */
  async reached(position: Position): Promise<void> {
    const patience = performance.now() + PATIENCE_MS;
    while (!this.stopping && performance.now() < patience) {
      const { runner } = this;
      if (runner) {
        if (runner.status.position >= position) return;
        await runner.reached(position);
        if (runner.status.position >= position || runner === this.runner) return;
      } else {
        this.position = await this.parts.store.checkpoint(this.generation);
        if (this.position >= position) return;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    }
  }

  private ownStatus(): RunnerStatus {
    const { projection, generation, position } = this;
    return this.runner?.status ?? { projection: projection.name, generation, position, state: 'running', reason: null };
  }
}
