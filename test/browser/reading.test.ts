import type { Browser, Locator, Page } from 'playwright-core';
import { describeInChromium, type Person } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { composer, log } from '../support/group-screen.js';
import {
  act,
  GROUP,
  isAtEnd,
  look,
  messages,
  numbered,
  sayAndSee,
  settled,
  startGroup,
  withText,
} from '../support/message-screen.js';
import { Cast, type Screens } from '../support/screens.js';

import.meta.jest.setTimeout(120_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

const firstOnScreen = (page: Page): Promise<string | null> =>
  log(page).evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    const row = [...list.querySelectorAll('article')].find((one) => {
      const box = one.getBoundingClientRect();
      return box.top >= top && box.bottom <= bottom;
    });
    return row?.querySelector('.text')?.textContent ?? null;
  });
const topOf = (row: Locator): Promise<number> => row.evaluate((element) => element.getBoundingClientRect().top);

describeInChromium('reading a long conversation', (launch) => {
  let cast: Cast;
  let screens: Screens;
  let browser: Browser;
  let doe: Person;
  let smith: Person;

  beforeAll(async () => {
    browser = await launch();
    cast = await Cast.gather(browser, GROUP, startGroup);
  });
  afterAll(async () => {
    await cast.close();
    await browser.close();
  });
  beforeEach(async () => {
    screens = await cast.screens();
    [doe, smith] = screens.people as [Person, Person];
  });
  afterEach(() => cast.clear());

  it('S60 S63 S67 S68 S69 S70 S71 in a group: following at the end; scrolled up, a ribbon and nothing moves', async () => {
    await screens.sayMany('john.doe', numbered('message', 60));
    const { page } = smith;
    await withText(page, 'message 60').waitFor();
    await composer(page).click();
    expect(await isAtEnd(page)).toBe(true);
    // S71 at the end the newest is followed, and nothing else says so.
    await sayAndSee(doe.page, 'followed');
    await withText(page, 'followed').waitFor();
    await eventually('the end', () => isAtEnd(page));
    const ribbon = page.getByRole('button', { name: /Go to the end$/ });
    expect(await ribbon.count()).toBe(0);
    // S67 scrolled up, nothing moves; S68 the ribbon names the latest; neither focus nor selection nor caret move.
    await composer(page).fill('half a word');
    await log(page).evaluate((list) => {
      list.scrollTop = 400;
    });
    await eventually('the place', () => log(page).evaluate((list) => Math.abs(list.scrollTop - 400) < 2));
    const where = (): Promise<unknown> =>
      page.evaluate(() => {
        const field = document.activeElement as HTMLTextAreaElement;
        const list = document.querySelector('[role=log]');
        return [
          field.tagName,
          field.selectionStart,
          list?.scrollTop,
          document.querySelector('[role=tab][aria-selected=true]')?.id,
        ];
      });
    const before = await where();
    await sayAndSee(doe.page, 'one more');
    await sayAndSee(doe.page, 'and the very newest');
    await page.getByRole('button', { name: /2 new messages. John Doe: and the very newest/ }).waitFor();
    expect(await where()).toEqual(before);
    await look(page, 'ribbon');
    // S69 S70 a click leads to it, and the ribbon goes.
    await ribbon.click();
    await withText(page, 'and the very newest').waitFor();
    await eventually('the end', () => isAtEnd(page));
    await settled('no ribbon', ribbon, 0);
    // S70 so does scrolling by hand.
    await log(page).evaluate((list) => {
      list.scrollTop = 400;
    });
    await eventually('the place', async () => !(await isAtEnd(page)));
    await sayAndSee(doe.page, 'once more');
    await ribbon.waitFor();
    await log(page).evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await settled('no ribbon', ribbon, 0);
  });

  it('S62 opens at the first unread message, with much of it; reads on, goes to the newest, and up again without a jump', async () => {
    const { page } = smith;
    await sayAndSee(doe.page, 'the beginning');
    await composer(page).click();
    await withText(page, 'the beginning').waitFor();
    await page.getByRole('button', { name: 'Search messages' }).focus();
    await act(withText(doe.page, 'the beginning'), 'Reply');
    await screens.sayMany('john.doe', numbered('message', 150));
    await sayAndSee(doe.page, 'about the beginning');
    await withText(page, 'about the beginning').waitFor();
    await page.reload();
    const divider = log(page).locator('.separator.new');
    await divider.waitFor();
    const frame = await log(page).evaluate((list) => list.getBoundingClientRect().toJSON() as DOMRect);
    await eventually(
      'the divider in the upper half',
      async () => {
        const at = (await topOf(divider)) - frame.top;
        return at >= 0 && at < frame.height / 2;
      },
      { found: () => frame },
    );
    await look(page, 'first-unread');
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('TEXTAREA');
    // Reading on loads what comes after, and what is on the screen stays.
    await eventually(
      'message 90 by scrolling',
      async () => {
        await log(page).evaluate((list) => {
          list.scrollTop += 150;
        });
        return (await withText(page, 'message 90').count()) > 0;
      },
      { withinMs: 20_000 },
    );
    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await withText(page, 'about the beginning').waitFor();
    await eventually('the end', () => isAtEnd(page));
    await look(page, 'newest');
    // Up again: an older page comes, and the row that one reads does not move.
    await log(page).evaluate((list) => {
      list.scrollTop = 300;
    });
    // The list draws the rows of where it is now a moment later.
    let text = await firstOnScreen(page);
    await eventually('a row on the screen', async () => {
      const before = text;
      text = await firstOnScreen(page);
      return text !== null && text === before;
    });
    const exact = messages(page).filter({ has: page.getByText(text ?? '', { exact: true }) });
    const top = await topOf(exact);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(Math.abs((await topOf(exact)) - top)).toBeLessThan(2);
    // The quotation leads far up.
    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await page.getByRole('button', { name: /Go to the message of John Doe: the beginning/ }).click();
    const found = messages(page).filter({ has: page.locator('.text', { hasText: /^the beginning$/ }) });
    await found.waitFor();
    await eventually('the focus is there', () => found.evaluate((element) => element === document.activeElement));
    await look(page, 'quoted');
  });
});
