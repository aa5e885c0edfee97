export const BACKOFF_MS = { least: 1_000, most: 30_000 } as const;

/** Doubles with every attempt (0 is the first). Half of it is chance, so that a thousand clients do not come back in one moment. */
export const backoffMs = (attempt: number, random: () => number): number => {
  const ceiling = Math.min(BACKOFF_MS.most, BACKOFF_MS.least * 2 ** Math.min(attempt + 1, 16));
  return Math.max(BACKOFF_MS.least, Math.round(ceiling * (0.5 + random() / 2)));
};
