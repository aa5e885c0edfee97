import { asInstant } from '../../domain/kernel/instant.js';
import type { Clock } from '../ports/clock.js';
import type { LeaseStore } from '../ports/lease-store.js';

/** Somebody else does this job now. */
export class LeaseHeld extends Error {
  override readonly name = 'LeaseHeld';
  constructor(
    readonly lease: string,
    readonly holder: string,
  ) {
    super(`${holder} holds ${lease}`);
  }
}

const LEASE_MS = 10_000;
const RENEW_MS = 2_500;

/**
 * Does the work while holding the lease, and gives it back afterwards. Fails with `LeaseHeld` before anything was done. `lost` aborts when somebody
 * else got it meanwhile, because the store was away for too long: for work that has no end of its own.
 */
export const withLease = async <T>(
  { leases, clock, holder }: { readonly leases: LeaseStore; readonly clock: Clock; readonly holder: string },
  name: string,
  note: () => string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> => {
  const take = () => {
    const now = clock.now();
    return leases.take({ name, holder, now, until: asInstant(now + LEASE_MS), note: note() });
  };
  const lease = await take();
  if (lease.holder !== holder) throw new LeaseHeld(name, lease.holder);
  // A renewal that fails is tried again by the next one: the store may be away for a moment.
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    if ((await take()).holder !== holder) lost.abort();
  };
  const renewal = setInterval(() => void renew().catch(() => undefined), RENEW_MS);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(renewal);
    await leases.release(name, holder).catch(() => undefined);
  }
};
