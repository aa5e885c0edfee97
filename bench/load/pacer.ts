import { Worker } from 'node:worker_threads';

const LEAD_MS = 100;
/** More wake-ups a second than this would be load of their own. */
const SHORTEST_PERIOD_MS = 0.25;

/**
 * An open loop: calls `send(scheduled)` for each message when it is due, with the moment (of `performance.now`) that it was scheduled for, whether
 * or not earlier ones came through. Resolves after the last one.
 */
export const openLoop = async (
  perSecond: number,
  seconds: number,
  stopped: () => boolean,
  send: (scheduled: number) => void,
): Promise<void> => {
  const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  const start = performance.now() + LEAD_MS;
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const periodMs = Math.max(1_000 / perSecond, SHORTEST_PERIOD_MS);
  const worker = new Worker(new URL('./pacer-thread.js', import.meta.url), {
    workerData: { startMs: start + offset, periodMs, flag },
  });
  const total = seconds * perSecond;
  let sent = 0;
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', () => {
      const now = performance.now();
      for (; sent < total; sent++) {
        const scheduled = start + (sent * 1_000) / perSecond;
        if (scheduled > now) break;
        send(scheduled);
      }
      if (sent >= total || stopped()) resolve();
    });
  });
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  await worker.terminate();
};
