import type { Position } from '../../application/ports/event-log.js';

/** What one event changed: JSON bodies, each with the people who get it. */
export interface Delta {
  readonly at: Position;
  readonly parts: readonly DeltaPart[];
  /** Who ceased to take part: they may no longer be told what came before, either. */
  readonly leaver: string | null;
}
export interface DeltaPart {
  /** Who may be told, connected or not. */
  readonly audience: ReadonlySet<string>;
  /**
   * Those of the audience who are connected here, where they are known; left out: whoever is. Asked only at the moment of sending: who came in while
   * the part was made is told as well, and what is kept for those who come back holds no list of who was there.
   */
  readonly reach?: () => ReadonlySet<string>;
  /** Whose presence it tells: who comes back is told only of those whom they still have as a favorite. */
  readonly about?: string;
  /** JSON of a `ViewChange`. */
  readonly body: string;
  /** JSON of people whom the change names for the first time; nobody else's is sent along. */
  readonly people?: readonly string[];
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

/** The texts of people are shared by the parts that name them; each part counts them, which errs on the safe side. */
const sizeOf = ({ parts }: Delta): number =>
  parts.reduce(
    (sum, { body, people }) => sum + body.length + (people ?? []).reduce((all, one) => all + one.length, 64),
    64,
  );

const frameOf = (at: Position, changes: string, people: readonly string[]): string =>
  `"at":${at},"changes":[${changes}]${people.length === 0 ? '' : `,"people":[${[...new Set(people)].join(',')}]`}}`;

/**
 * The JSON of a delta frame from its second field on for one person; `null` when there is nothing for them. `watches`: whose presence they watch
 * now.
 */
export const deltaFor = ({ at, parts }: Delta, userId: string, watches: (user: string) => boolean): string | null => {
  const own = parts.filter(({ audience, about }) => audience.has(userId) && (about === undefined || watches(about)));
  if (own.length === 0) return null;
  return frameOf(
    at,
    own.map(({ body }) => body).join(','),
    own.flatMap(({ people }) => people ?? []),
  );
};

/** As `deltaFor`, for everybody whom the delta is for. Whoever can be told is gone through once, however many parts there are. */
export const deltasFor = ({ at, parts }: Delta): ReadonlyMap<string, string> => {
  const frames = new Map<string, string>();
  const named = new Map<string, readonly string[]>();
  for (const { audience, reach, body, people } of parts)
    for (const userId of reach?.() ?? audience) {
      const before = frames.get(userId);
      frames.set(userId, before === undefined ? body : `${before},${body}`);
      if (people) named.set(userId, [...(named.get(userId) ?? []), ...people]);
    }
  for (const [userId, changes] of frames) frames.set(userId, frameOf(at, changes, named.get(userId) ?? []));
  return frames;
};
