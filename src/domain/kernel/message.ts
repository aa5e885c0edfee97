/** A command or an event: a frozen name and a plain, JSON-serialisable payload. */
export interface Message<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * Personal data as it comes back from the log: `null` once the person's key was destroyed (erasure).
 * It is never `null` when written.
 */
export type Erasable<T> = T | null;
