/** One figure over several runs. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** What `--json` holds: one row for each scenario and load. Units are in the figures' names. */
export interface Measurement {
  readonly scenario: string;
  readonly load: string;
  readonly figures: Readonly<Record<string, Figure>>;
  /** Why there are no figures, or what to know about them. */
  readonly note?: string;
}

/** What one run came to. */
export type Run = Readonly<Record<string, number>>;

export const percentile = (sorted: ArrayLike<number>, share: number): number =>
  sorted.length === 0 ? 0 : (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

export const figureOf = (values: readonly number[]): Figure => {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  const median = (percentile(sorted, 0.5) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
  return { median, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0, runs: sorted.length };
};

/** Runs of one scenario, by load in the order of their first run. */
export class Runs {
  private readonly byLoad = new Map<string, Run[]>();
  private readonly notes = new Map<string, string>();

  add(load: string, run: Run): void {
    this.byLoad.set(load, [...(this.byLoad.get(load) ?? []), run]);
  }

  note(load: string, words: string): void {
    this.notes.set(load, words);
    if (!this.byLoad.has(load)) this.byLoad.set(load, []);
  }

  of(scenario: string): Measurement[] {
    return [...this.byLoad].map(([load, runs]) => {
      const names = new Set(runs.flatMap((run) => Object.keys(run)));
      const figures: Record<string, Figure> = {};
      for (const name of names) figures[name] = figureOf(runs.flatMap((run) => run[name] ?? []));
      const note = this.notes.get(load);
      return { scenario, load, figures, ...(note === undefined ? {} : { note }) };
    });
  }
}
