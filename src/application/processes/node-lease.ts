import { asInstant, type Instant } from '../../domain/kernel/instant.js';
import type { Clock } from '../ports/clock.js';
import type { LeaseStore } from '../ports/lease-store.js';

const LEASE_MS = 6_000;
const RENEW_MS = 2_000;
const PREFIX = 'presence-node:';

/** That this node lives, and whether others do. Which sessions are over depends on it: a node that is silent is taken for dead when its lease ended. */
export class NodeLease {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly parts: { readonly leases: LeaseStore; readonly clock: Clock; readonly node: string }) {}

  async start(): Promise<void> {
    await this.take();
    // A renewal that fails is tried again by the next one: the store may be away for a moment.
    this.timer = setInterval(() => void this.take().catch(() => undefined), RENEW_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.parts.leases.release(this.name, this.parts.node).catch(() => undefined);
  }

  /** Until when each of these nodes is known to have lived; `null`: nothing is known of it. */
  async endsOf(nodes: Iterable<string>): Promise<ReadonlyMap<string, Instant | null>> {
    const leases = await this.parts.leases.leases(PREFIX);
    const ends = new Map(leases.map(({ name, until }) => [name, until]));
    return new Map([...nodes].map((node) => [node, ends.get(PREFIX + node) ?? null]));
  }

  private get name(): string {
    return PREFIX + this.parts.node;
  }

  private async take(): Promise<void> {
    const { leases, clock, node } = this.parts;
    const now = clock.now();
    await leases.take({ name: this.name, holder: node, now, until: asInstant(now + LEASE_MS), note: '' });
  }
}
