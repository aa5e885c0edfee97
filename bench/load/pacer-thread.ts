import { parentPort, workerData } from 'node:worker_threads';

/** Wakes the load generator at each scheduled moment. A thread can sleep to some ten microseconds; a timer of the event loop to a millisecond. */
const { startMs, periodMs, flag } = workerData as { startMs: number; periodMs: number; flag: Int32Array };
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

for (let beat = 0; Atomics.load(flag, 0) === 0;) {
  const waitMs = startMs + beat * periodMs - now();
  if (waitMs > 0.02) Atomics.wait(flag, 0, 0, waitMs);
  parentPort?.postMessage(0);
  // Beats that were slept over are not made up for: the generator sends everything that is due.
  beat = Math.max(beat + 1, Math.ceil((now() - startMs) / periodMs));
}
