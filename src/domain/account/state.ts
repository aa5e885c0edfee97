import type { Instant } from '../kernel/instant.js';

/** `validFrom`: sessions that began before this instant count no more. */
export type AccountState =
  { readonly kind: 'unknown' } | { readonly kind: 'enabled' | 'disabled'; readonly validFrom: Instant };

export const initialState: AccountState = Object.freeze({ kind: 'unknown' });

/** Whether a session that began at this instant may still be used. */
export const admits = (state: AccountState, startedAt: Instant): boolean =>
  state.kind === 'enabled' && startedAt >= state.validFrom;
