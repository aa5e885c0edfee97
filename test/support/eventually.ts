/** What takes long is asked for less often: looking at a browser costs it the time that it is waited for. */
const pauseMs = (waitedMs: number): number => Math.min(50, 2 + waitedMs / 10);

/** Waits until the condition holds. Fails with what was waited for, and with what it came to, when the deadline passes. */
export const eventually = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  { withinMs = 10_000, found = () => '' }: { withinMs?: number; found?: () => unknown } = {},
): Promise<void> => {
  const from = performance.now();
  while (!(await condition())) {
    const waitedMs = performance.now() - from;
    if (waitedMs > withinMs) throw new Error(`not within ${withinMs} ms: ${what} ${JSON.stringify(found())}`.trim());
    await new Promise((resolve) => setTimeout(resolve, pauseMs(waitedMs)));
  }
};

/** The error that the promise rejects with; fails when it does not. */
export const failureOf = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
};

/** Everything that an iterable has, until it ends. */
export const allOf = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** A promise to be resolved from outside. */
export const gate = <T = void>(): { readonly opened: Promise<T>; readonly open: (value: T) => void } => {
  let open: (value: T) => void = () => undefined;
  const opened = new Promise<T>((resolve) => (open = resolve));
  return { opened, open };
};
