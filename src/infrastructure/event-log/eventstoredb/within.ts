import { NoAnswer } from './failures.js';

/**
 * The promise, for as long as that. The client's own deadlines do not hold for every call nor against a silent peer, so each call has
 * this one. What comes too late is dropped.
 */
export const within = <T>(ms: number, what: string, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => {
        reject(new NoAnswer(`no answer to ${what} for ${ms} ms`));
      },
      Math.max(0, ms),
    );
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });

/** A span of time that several steps share. */
export class Budget {
  private readonly end: number;
  constructor(ms: number) {
    this.end = performance.now() + ms;
  }
  get leftMs(): number {
    return Math.max(0, this.end - performance.now());
  }
}
