import type { Instant } from '../../domain/kernel/instant.js';

/** The right to do one job for a while, for instance to write a generation of a projection. */
export interface Lease {
  readonly name: string;
  /** Who has it, or had it last. */
  readonly holder: string;
  /** Fencing number: greater for every later holder. */
  readonly token: number;
  /** It has ended when this is past, if it was not prolonged; 0 when it was given back. */
  readonly until: Instant;
  /** What the holder says of the job, for people and for other nodes. */
  readonly note: string;
}

export interface LeaseRequest {
  readonly name: string;
  readonly holder: string;
  readonly now: Instant;
  readonly until: Instant;
  readonly note: string;
}

/**
 * Leases that nodes take so that a job is not done twice. A lease saves work and never guards data: clocks differ between nodes, and a paused
 * holder may wake late. Whoever writes must be harmless without it.
 */
export interface LeaseStore {
  /**
   * Takes a lease that is free or has ended, or prolongs one's own and replaces its note. Of many who ask at once one gets it. Answers the lease
   * as it stands then: look at `holder` to see whose it is.
   */
  take(request: LeaseRequest): Promise<Lease>;
  /** Gives one's own lease back; the note stays. Somebody else's is left alone. */
  release(name: string, holder: string): Promise<void>;
  /** The leases whose names begin with the prefix, ended ones too, in order of name. */
  leases(prefix: string): Promise<readonly Lease[]>;
}
