import type { Browser } from 'playwright-core';
import { describeInChromium, type Person } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { composer } from '../support/group-screen.js';
import { act, GROUP, look, sayAndSee, startGroup, withText } from '../support/message-screen.js';
import { Cast, expectClean, expectInside, looks, looksRight, type Look } from '../support/screens.js';

import.meta.jest.setTimeout(120_000);
if (process.env['PARLEY_TEST_ENGINE'] === 'distributed') import.meta.jest.retryTimes(1, { logErrorsBeforeRetry: true });

/** Everything that a message can have, in a few of them. */
const sayOfEverything = async (people: readonly Person[]): Promise<void> => {
  await startGroup(people);
  const [doe, smith] = people as [Person, Person];
  const { page } = doe;
  await sayAndSee(page, 'a first message, with https://example.org/agenda in it');
  await act(withText(page, 'a first message'), 'Reply');
  await sayAndSee(page, `an answer with a long word ${'x'.repeat(90)}`);
  await sayAndSee(page, 'gone soon');
  await act(withText(page, 'gone soon'), 'Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await withText(smith.page, 'Message deleted').waitFor();
  await withText(smith.page, 'a first message').first().focus();
  await smith.page.keyboard.press('Enter');
  await smith.page.getByRole('menuitemcheckbox', { name: 'heart' }).click();
  await smith.page.getByRole('button', { name: /1 reaction, heart/ }).waitFor();
  await composer(page).fill('for @John Smith');
  await composer(page).press('Enter');
  await act(withText(page, 'for @John Smith'), 'Edit');
  await composer(page).fill('for @John Smith, once more');
  await composer(page).press('Enter');
  await withText(smith.page, 'once more').getByText('edited').waitFor();
};

describeInChromium('the screens of messages', (launch) => {
  let cast: Cast;
  let browser: Browser;
  let doe: Person;
  let smith: Person;

  beforeAll(async () => {
    browser = await launch();
    cast = await Cast.gather(browser, GROUP, sayOfEverything);
  });
  afterAll(async () => {
    await cast.close();
    await browser.close();
  });
  beforeEach(async () => {
    [doe, smith] = (await cast.screens()).people as [Person, Person];
  });
  afterEach(() => cast.clear());

  it('at 320, 390, 700 and 1280 px, light and dark, both directions: nothing runs out sideways, and axe finds nothing', async () => {
    const { page } = smith;
    const lookAtAll = (direction: Look['direction']): Promise<void> =>
      looksRight(page, {
        at: looks().filter((each) => each.direction === direction),
        seen: async (one) => {
          await eventually('the newest', async () => (await withText(page, 'once more').count()) > 0);
          await look(page, `all-${Object.values(one).join('-')}`);
        },
      });
    await lookAtAll('ltr');
    // The page is read from right to left before anything of it is made.
    await page.addInitScript(() => {
      document.addEventListener('readystatechange', () => (document.documentElement.dir = 'rtl'));
    });
    await page.setViewportSize({ width: 1_280, height: 700 });
    await page.reload();
    await composer(page).waitFor();
    expect(await composer(page).evaluate((field) => getComputedStyle(field.closest('form')!).direction)).toBe('rtl');
    await lookAtAll('rtl');
  });

  it('the menu, the question, the search and the list of people are as clean, at 320 and 700 px', async () => {
    const { page } = doe;
    for (const [width, colorScheme] of [
      [320, 'light'],
      [700, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 640 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Each is looked through by axe once, by turns light and dark.
      const clean = async (what: string, isForAxe: boolean): Promise<void> => {
        await look(page, `${what}-${width}-${colorScheme}`);
        await (isForAxe ? expectClean : expectInside)(page, { width, colorScheme, what });
      };
      await withText(page, 'once more').focus();
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
      await clean('menu', width === 320);
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').waitFor();
      await clean('question', width === 700);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Search messages' }).click();
      await page.getByRole('searchbox').fill('a');
      await page.getByRole('button', { name: /an answer/ }).waitFor();
      await clean('search', width === 320);
      await page.keyboard.press('Escape');
      await composer(page).fill('');
      await composer(page).pressSequentially('@');
      await page.getByRole('option').first().waitFor();
      await composer(page).press('ArrowDown');
      await clean('mentions', width === 700);
      await composer(page).fill('');
    }
  });
});
