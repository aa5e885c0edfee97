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

/** Does the work while holding the lease, and gives it back afterwards. Fails with `LeaseHeld` before anything was done. */
export const withLease = async <T>(
  { leases, clock, holder }: { readonly leases: LeaseStore; readonly clock: Clock; readonly holder: string },
  name: string,
  note: () => string,
  work: () => Promise<T>,
): Promise<T> => {
  const take = () => {
    const now = clock.now();
    return leases.take({ name, holder, now, until: asInstant(now + LEASE_MS), note: note() });
  };
  const lease = await take();
  if (lease.holder !== holder) throw new LeaseHeld(name, lease.holder);
  // A renewal that fails is tried again by the next one: the store may be away for a moment.
  const renewal = setInterval(() => void take().catch(() => undefined), RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await leases.release(name, holder).catch(() => undefined);
  }
};
