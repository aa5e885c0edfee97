const HOUR_MS = 3_600_000;

/** How long a session lasts unused and at all, and how finely its use is noted: by requests, and while it is connected. */
export const SESSION_LIMITS = {
  idleMs: 7 * 24 * HOUR_MS,
  absoluteMs: 30 * 24 * HOUR_MS,
  touchMs: 60_000,
  upkeepMs: HOUR_MS,
} as const;
