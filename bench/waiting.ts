export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until the condition holds; fails with what was waited for. */
export const until = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 10 }: { readonly withinMs: number; readonly everyMs?: number },
): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(everyMs);
  }
};

/** Runs the jobs, so many at once. */
export const together = async (jobs: readonly (() => Promise<void>)[], atOnce: number): Promise<void> => {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs[next++]; job; job = jobs[next++]) await job();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, jobs.length) }, work));
};
