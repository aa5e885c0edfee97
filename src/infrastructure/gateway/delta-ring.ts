import type { Position } from '../../application/ports/event-log.js';

/** What one event changed: JSON bodies, each with the people who get it. */
export interface Delta {
  readonly at: Position;
  readonly parts: readonly DeltaPart[];
  /** JSON array of people whom the changes name for the first time; null: none. */
  readonly people: string | null;
  /** Who ceased to take part: they may no longer be told what came before, either. */
  readonly leaver: string | null;
}
export interface DeltaPart {
  /** Who may be told, connected or not. */
  readonly audience: ReadonlySet<string>;
  /** Those of the audience who are connected here, where they are known; left out: whoever is. */
  readonly reach?: ReadonlySet<string>;
  /** Whose presence it tells: who comes back is told only of those whom they still have as a favorite. */
  readonly about?: string;
  /** JSON of a `ViewChange`. */
  readonly body: string;
}

/** The newest deltas, so that a client that was away for a moment needs no snapshot. Bounded in number and in characters. */
export class DeltaRing {
  private deltas: Delta[] = [];
  private characters = 0;

  /** Every delta after `start` is here. */
  constructor(
    public start: Position,
    private readonly most: number,
    private readonly mostCharacters: number,
  ) {}

  add(delta: Delta): void {
    this.deltas.push(delta);
    this.characters += sizeOf(delta);
    // Dropping half at once keeps the cost per delta constant.
    if (this.deltas.length <= this.most && this.characters <= this.mostCharacters) return;
    const dropped = this.deltas.splice(0, Math.ceil(this.deltas.length / 2));
    for (const old of dropped) this.characters -= sizeOf(old);
    this.start = dropped.at(-1)?.at ?? this.start;
  }

  /** Deltas after the position in order; `null` when some of them are gone. */
  after(position: Position): readonly Delta[] | null {
    if (position < this.start) return null;
    let low = 0;
    let high = this.deltas.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.deltas[middle]?.at ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return this.deltas.slice(low);
  }
}

const sizeOf = ({ parts }: Delta): number => parts.reduce((sum, { body }) => sum + body.length + 64, 64);

const frameOf = ({ at, people }: Delta, changes: string): string =>
  `"at":${at},"changes":[${changes}]${people === null ? '' : `,"people":${people}`}}`;

/**
 * The JSON of a delta frame from its second field on for one person; `null` when there is nothing for them. `watches`: whose presence they watch
 * now.
 */
export const deltaFor = (delta: Delta, userId: string, watches: (user: string) => boolean): string | null => {
  const own = delta.parts.filter(
    ({ audience, about }) => audience.has(userId) && (about === undefined || watches(about)),
  );
  return own.length === 0 ? null : frameOf(delta, own.map(({ body }) => body).join(','));
};

/** As `deltaFor`, for everybody whom the delta is for. Whoever can be told is gone through once, however many parts there are. */
export const deltasFor = (delta: Delta): ReadonlyMap<string, string> => {
  const changes = new Map<string, string>();
  for (const { audience, reach = audience, body } of delta.parts)
    for (const userId of reach) {
      const before = changes.get(userId);
      changes.set(userId, before === undefined ? body : `${before},${body}`);
    }
  for (const [userId, own] of changes) changes.set(userId, frameOf(delta, own));
  return changes;
};
