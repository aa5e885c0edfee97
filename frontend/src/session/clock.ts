/** Time as an argument, so that tests decide how late it is. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after the milliseconds; the answer cancels. */
  after(milliseconds: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
