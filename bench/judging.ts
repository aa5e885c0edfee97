import type { Measurement } from './figures.js';

/** Above this the load generator may be what is measured. */
const BUSY = 0.9;
const MUST_BE_ZERO = ['lost', 'unacknowledged', 'errors'];

/** What is wrong with the server, as far as figures say so. */
export const problemsIn = (measurements: readonly Measurement[]): string[] =>
  measurements.flatMap(({ scenario, load, figures }) =>
    MUST_BE_ZERO.flatMap((name) => {
      const most = figures[name]?.max ?? 0;
      return most > 0 ? [`${scenario}, ${load}: ${name} ${most}`] : [];
    }),
  );

/** What is wrong with the measurement. */
export const warningsIn = (measurements: readonly Measurement[]): string[] =>
  measurements.flatMap(({ scenario, load, figures }) => {
    const busiest = figures['loadUtilisation']?.max ?? 0;
    if (busiest <= BUSY) return [];
    return [
      `${scenario}, ${load}: the load generator's event loop was busy for ${(busiest * 100).toFixed(0)} % of the time`,
    ];
  });
