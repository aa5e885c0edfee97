import type { Page } from 'playwright-core';
import { percentile, type Run } from '../figures.js';

/* What is given to `evaluate` runs in the page, and may use nothing from outside of itself. */

/** Milliseconds from navigation until messages are painted. */
export const shownMs = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector('[role=log] article')) requestAnimationFrame(() => resolve(performance.now()));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** From the end to the beginning, a screen in each frame; it is there when nothing more came for a while. */
export const scrolled = async (page: Page): Promise<Run> =>
  page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const STILL_MS = 8_000;
        const list = document.querySelector('[role=log]');
        if (!list) {
          reject(new Error('there is no list of messages'));
          return;
        }
        const began = performance.now();
        let [rowsMost, frameMaxMs, screens, last, moved] = [0, 0, 0, began, began];
        const step = (now: number): void => {
          rowsMost = Math.max(rowsMost, list.querySelectorAll('article').length);
          frameMaxMs = Math.max(frameMaxMs, now - last);
          last = now;
          const before = list.scrollTop;
          list.scrollTop = Math.max(0, before - list.clientHeight);
          if (list.scrollTop !== before) {
            moved = now;
            screens++;
          }
          if (now - moved < STILL_MS) requestAnimationFrame(step);
          else resolve({ rowsMost, frameMaxMs, screens, scrollMs: moved - began });
        };
        requestAnimationFrame(step);
      }),
  );

const spread = (values: readonly number[]): ((share: number) => number) => {
  const sorted = Float64Array.from(values).sort();
  return (share) => percentile(sorted, share);
};

/** From each key press to the frame that shows its letter. */
export const typed = async (page: Page, keys: number): Promise<Run> => {
  const field = page.getByRole('textbox', { name: 'Send a message' });
  await field.click();
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(window, { taken });
    const painted = (event: Event): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // After the frame's own work.
        port1.onmessage = () => taken.push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    };
    document.addEventListener('keydown', painted, { capture: true });
  });
  await field.pressSequentially('some words '.repeat(keys).slice(0, keys), { delay: 40 });
  await page.waitForFunction((count) => (window as unknown as { taken: number[] }).taken.length >= count, keys);
  const taken = spread(await page.evaluate(() => (window as unknown as { taken: number[] }).taken));
  await field.fill('');
  return { keyP50Ms: taken(0.5), keyP95Ms: taken(0.95) };
};

/** From a click on the other tab until its messages are painted, and back, and so on. */
export const switched = async (page: Page, times: number): Promise<Run> => {
  const taken: number[] = [];
  for (let n = 0; n <= times; n++)
    taken.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const before = document.querySelector('[role=log]');
            const tab = document.querySelector<HTMLElement>('[role=tab][aria-selected=false]');
            if (!tab) {
              reject(new Error('there is no other tab'));
              return;
            }
            const began = performance.now();
            tab.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }));
            tab.click();
            const look = (): void => {
              const list = document.querySelector('[role=log]');
              if (list && list !== before && list.querySelector('article'))
                requestAnimationFrame(() => resolve(performance.now() - began));
              else requestAnimationFrame(look);
            };
            look();
          }),
      ),
    );
  // The first visit of the other one loads its messages.
  const later = spread(taken.slice(1));
  return { tabFirstMs: taken[0] ?? 0, tabP50Ms: later(0.5), tabMaxMs: later(1) };
};
