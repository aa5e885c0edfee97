declare const brand: unique symbol;

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. Comes in as an argument, never from the clock. */
export type Instant = number & { readonly [brand]: 'Instant' };

export const asInstant = (epochMs: number): Instant => epochMs as Instant;
