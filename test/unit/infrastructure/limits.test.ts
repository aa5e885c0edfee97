import { TokenBucket } from '../../../src/infrastructure/limits/token-bucket.js';
import { LimitedQueue } from '../../../src/infrastructure/sign-in/limited-queue.js';
import { failureOf, gate } from '../../support/eventually.js';

describe('SEC-18 a token bucket', () => {
  it('lets the burst through at once, and not one more', () => {
    const bucket = new TokenBucket(10, 3, 1_000);
    expect([1, 2, 3, 4].map(() => bucket.take(1_000))).toEqual([0, 0, 0, 100]);
  });

  it('says how long to wait, and lets through after exactly that long', () => {
    const bucket = new TokenBucket(4, 1, 0);
    bucket.take(0);
    expect(bucket.take(0)).toBe(250);
    expect(bucket.take(249)).toBeGreaterThan(0);
    expect(bucket.take(250)).toBe(0);
  });

  it('is not punished for asking too early', () => {
    const bucket = new TokenBucket(1, 1, 0);
    bucket.take(0);
    for (let now = 0; now < 1_000; now += 100) expect(bucket.take(now)).toBeGreaterThan(0);
    expect(bucket.take(1_001)).toBe(0); // one more for what fractions lose
  });

  it('lets the rate through in the long run', () => {
    const bucket = new TokenBucket(10, 30, 0);
    let through = 0;
    for (let now = 0; now < 60_000; now += 7) if (bucket.take(now) === 0) through++;
    expect(through).toBeGreaterThanOrEqual(628);
    expect(through).toBeLessThanOrEqual(630);
  });

  it('never saves up more than the burst', () => {
    const bucket = new TokenBucket(10, 2, 0);
    expect([1, 2, 3].map(() => bucket.take(3_600_000) === 0)).toEqual([true, true, false]);
  });

  it('wait answers the same and takes nothing; isFull knows when nothing is owed', () => {
    const bucket = new TokenBucket(1, 1, 0);
    expect(bucket.wait(0)).toBe(0);
    expect(bucket.isFull(0)).toBe(true);
    bucket.take(0);
    expect(bucket.isFull(999)).toBe(false);
    expect(bucket.isFull(1_000)).toBe(true);
  });
});

describe('SEC-2 a limited queue', () => {
  it('runs so many at once, lets so many wait in order, and refuses one more without beginning it', async () => {
    const queue = new LimitedQueue(2, 2);
    const gates = Array.from({ length: 5 }, () => gate());
    const begun: number[] = [];
    const runs = gates.map(({ opened }, n) =>
      queue.run(async () => {
        begun.push(n);
        await opened;
        return n;
      }),
    );
    expect(await runs[4]).toBeNull();
    expect(begun).toEqual([0, 1]);
    gates[1]!.open();
    expect(await runs[1]).toBe(1);
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2]);
    for (const { open } of gates) open();
    expect(await Promise.all(runs)).toEqual([0, 1, 2, 3, null]);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('gives the place of a job that failed to the next one', async () => {
    const queue = new LimitedQueue(1, 5);
    const failing = Array.from({ length: 5 }, () => failureOf(queue.run(() => Promise.reject(new Error('no')))));
    const last = queue.run(() => Promise.resolve('served'));
    expect((await Promise.all(failing)).map(({ message }) => message)).toEqual(Array.from({ length: 5 }, () => 'no'));
    expect(await last).toBe('served');
    expect(await queue.run(() => Promise.resolve('again'))).toBe('again');
  });

  it('never runs more than allowed, however jobs come and go', async () => {
    const queue = new LimitedQueue(3, 1_000);
    let running = 0;
    let most = 0;
    const job = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    await Promise.all(Array.from({ length: 200 }, () => queue.run(job)));
    expect(most).toBe(3);
    expect(running).toBe(0);
  });
});
