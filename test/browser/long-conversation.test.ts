import type { Browser, Page } from 'playwright-core';
import { describeInChromium, type Person } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { log } from '../support/group-screen.js';
import { isAtEnd, numbered, startChat, withText } from '../support/message-screen.js';
import { Screens } from '../support/screens.js';

import.meta.jest.setTimeout(120_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

const COUNT = 420;

/** A screen in each frame, so that it is at the top long before the next page is there; whether it came to the beginning. */
const upInLeaps = (page: Page): Promise<boolean> =>
  log(page).evaluate(
    (list) =>
      new Promise<boolean>((resolve) => {
        const STILL_MS = 5_000;
        let moved = performance.now();
        const step = (now: number): void => {
          const before = list.scrollTop;
          list.scrollTop = Math.max(0, before - list.clientHeight);
          if (list.scrollTop !== before) moved = now;
          if (list.querySelector('.start')) resolve(true);
          else if (now - moved < STILL_MS) requestAnimationFrame(step);
          else resolve(false);
        };
        requestAnimationFrame(step);
      }),
  );

describeInChromium('going up a long conversation', (launch) => {
  let screens: Screens;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    screens = await Screens.open(browser, ['john.doe', 'john.smith']);
    const [doe, smith] = screens.people as [Person, Person];
    await startChat(doe);
    await screens.sayMany('john.smith', numbered('message', COUNT));
    page = smith.page;
  });
  afterAll(async () => {
    await screens.close();
    await browser.close();
  });
  // Each begins at the end again, with one page; at first much may be unread, or not yet told to be read, and one begins there (S62).
  beforeEach(async () => {
    const beginsAtTheEnd = async (): Promise<boolean> => {
      await page.reload();
      await log(page).getByRole('article').first().waitFor();
      await page.waitForTimeout(500);
      if ((await withText(page, `message ${COUNT}`).count()) > 0 && (await isAtEnd(page))) return true;
      await log(page).focus();
      await page.keyboard.press('End');
      await page.waitForTimeout(1_000);
      return false;
    };
    await eventually('the end', beginsAtTheEnd, { withinMs: 60_000 });
  });

  it('S63 in leaps, faster than the pages come, each page is read until the beginning', async () => {
    expect(await upInLeaps(page)).toBe(true);
    await withText(page, /^.*message 1$/).waitFor();
  });

  it('S63 with the wheel', async () => {
    await log(page).hover();
    await eventually(
      'the beginning',
      async () => {
        await page.mouse.wheel(0, -5_000);
        return (await log(page).locator('.start').count()) > 0;
      },
      { withinMs: 30_000 },
    );
  });

  it('S63 by keyboard', async () => {
    await log(page).focus();
    await eventually(
      'the first message',
      async () => {
        await page.keyboard.press('Home');
        const text = await page.evaluate(() => document.activeElement?.querySelector('.text')?.textContent);
        return text === 'message 1';
      },
      { withinMs: 30_000 },
    );
    await log(page).locator('.start').waitFor();
  });

  it('S67 at the very top, what one reads stays while older messages come before it', async () => {
    // Answers that take a while, so that one is at the top before they are there.
    await page.routeWebSocket(/socket/, (socket) => {
      socket.connectToServer().onMessage((message) => void setTimeout(() => socket.send(message), 400));
    });
    await page.reload();
    await withText(page, `message ${COUNT}`).waitFor();
    await page.waitForTimeout(1_500);
    const seen = await log(page).evaluate(async (list) => {
      const rows = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('article')];
      const textOf = (row: HTMLElement): string => row.querySelector<HTMLElement>('.text')?.innerText ?? '';
      const frames = async (count: number): Promise<void> => {
        for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
      };
      list.scrollTop = 0;
      await frames(5);
      const height = list.scrollHeight;
      const [first] = rows();
      const text = textOf(first!);
      const before = first!.getBoundingClientRect().top;
      for (let count = 0; count < 600 && list.scrollHeight === height; count++) await frames(1);
      await frames(10);
      const after = rows()
        .find((row) => textOf(row) === text)
        ?.getBoundingClientRect().top;
      return { hasGrown: list.scrollHeight > height, moved: Math.abs((after ?? Infinity) - before) };
    });
    expect(seen.hasGrown).toBe(true);
    // Less than a line: the row loses its head to the one that now stands before it.
    expect(seen.moved).toBeLessThan(20);
  });

  it('S71 whoever is at the end follows, however much comes at once', async () => {
    // Slower than the messages come.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 8 });
    await screens.sayMany('john.doe', numbered('more', 150));
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await withText(page, 'more 150').waitFor();
    await eventually('the end', () => isAtEnd(page));
  });
});
